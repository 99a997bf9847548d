<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="site" value="${page.site()}"/>
<%@ include file="layout-top.jspf" %>
<h1 class="icon-key"><c:out value="${page.heading()}"/></h1>
<p class="lead"><c:out value="${page.introduction()}"/></p>
<%@ include file="said.jspf" %>
<%-- The address must not keep the pass: not in the history, not for the next one who looks at the screen. --%>
<a hidden href="<c:out value='${site.base()}'/>/reset" data-passkey-address></a>
<c:choose>
  <c:when test="${page.complete()}">
    <form class="fields" method="post" action="<c:out value='${site.base()}'/>/reset">
      <input type="hidden" name="pass" value="<c:out value='${page.pass()}'/>">
      <label for="password"><c:out value="${site.text('logon.password')}"/></label>
      <input id="password" type="password" name="password" autocomplete="current-password" autofocus
        aria-invalid="${page.fieldRefused()}" aria-describedby="${page.fieldRefused() ? 'said ' : ''}password-hint">
      <p class="hint" id="password-hint"><c:out value="${site.text('reset.password.hint')}"/></p>
      <button class="first"><c:out value="${site.text('reset.submit')}"/></button>
    </form>
  </c:when>
  <c:otherwise><p class="said alert"><c:out value="${site.text('reset.incomplete')}"/></p></c:otherwise>
</c:choose>
<ul class="facts">
  <li class="icon-passkey"><c:out value="${site.text('reset.fact.one')}"/></li>
  <li class="icon-alert"><c:out value="${site.text('reset.fact.older')}"/></li>
  <li class="icon-shield"><c:out value="${site.text('reset.fact.unasked')}"/></li>
</ul>
<%@ include file="layout-bottom.jspf" %>
