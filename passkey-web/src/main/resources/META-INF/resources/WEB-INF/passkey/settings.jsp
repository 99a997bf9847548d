<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="site" value="${page.site()}"/>
<c:set var="focusNotice" value="${true}"/>
<%@ include file="admin-top.jspf" %>
<section aria-labelledby="security">
  <div class="section-head">
    <h2 id="security"><c:out value="${site.text('settings.security')}"/></h2>
    <%-- Always by way of the server: it asks for a proof before anything is typed, and shows what holds then. --%>
    <a class="button second" id="to-global-security" href="<c:out value='${site.base()}'/>/admin?modify"><c:out
      value="${site.text('settings.modify')}"/></a>
  </div>
  <dl class="settings">
    <c:forEach var="setting" items="${page.security()}">
      <div>
        <dt><c:out value="${setting.name()}"/></dt>
        <c:forEach var="value" items="${setting.values()}"><dd><bdi><c:out value="${value}"/></bdi></dd></c:forEach>
      </div>
    </c:forEach>
  </dl>
</section>
<c:if test="${not empty page.dialog()}">
  <dialog class="broad" id="global-security" open aria-labelledby="global-security-heading"
    data-passkey-address="<c:out value='${site.base()}'/>/admin">
    <h2 id="global-security-heading"><c:out value="${site.text('settings.heading')}"/></h2>
    <c:forEach var="objection" items="${page.dialog().objections()}">
      <p class="said alert" tabindex="-1"><c:out value="${objection}"/></p>
    </c:forEach>
    <form method="dialog" id="settings-cancel"></form>
    <form class="groups" method="post" action="<c:out value='${site.base()}'/>/admin/settings" data-passkey-keep>
      <input type="hidden" name="version" value="${page.dialog().version()}">
      <c:forEach var="group" items="${page.dialog().groups()}">
        <fieldset>
          <legend><c:out value="${group.heading()}"/></legend>
          <c:forEach var="field" items="${group.fields()}"><%@ include file="field.jspf" %></c:forEach>
        </fieldset>
      </c:forEach>
      <div class="choice">
        <button class="first"><c:out value="${site.text('settings.save')}"/></button>
        <button class="second" form="settings-cancel"><c:out value="${site.text('dialog.cancel')}"/></button>
      </div>
    </form>
  </dialog>
</c:if>
<%@ include file="layout-bottom.jspf" %>
