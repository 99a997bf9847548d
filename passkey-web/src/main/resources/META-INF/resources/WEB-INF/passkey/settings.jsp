<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="site" value="${page.site()}"/>
<c:set var="notice" value="${page.noticeText()}"/>
<c:set var="focusNotice" value="${true}"/>
<%@ include file="admin-top.jspf" %>
<section aria-labelledby="security">
  <div class="section-head">
    <h2 id="security"><c:out value="${site.text('settings.security')}"/></h2>
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
<%@ include file="layout-bottom.jspf" %>
