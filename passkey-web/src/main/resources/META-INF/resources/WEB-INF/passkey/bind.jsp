<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="site" value="${page.site()}"/>
<c:set var="caller" value="${page.account()}"/>
<c:set var="confirmation" value="${site.base()}/confirm?return=${page.again()}"/>
<%@ include file="layout-top.jspf" %>
<h1 class="icon-passkey"><c:out value="${page.heading()}"/></h1>
<p class="lead"><c:out value="${page.introduction()}"/></p>
<%@ include file="said.jspf" %>
<form class="fields" method="post" hidden data-passkey-needed data-passkey-bind
  data-passkey-onward="<c:out value='${page.onward()}'/>"
  <c:if test="${not page.demanded()}">data-passkey-skip="<c:out value='${page.elsewhere()}'/>"</c:if>>
  <label for="name"><c:out value="${site.text('bind.name')}"/></label>
  <input id="name" type="text" name="name" value="<c:out value='${page.suggestion()}'/>" dir="auto" required
    autocomplete="off" maxlength="128" aria-describedby="name-error name-hint" data-passkey-error="name-error">
  <p class="hint" id="name-hint"><c:out value="${site.text('bind.name.hint')}"/></p>
  <p class="field-error" id="name-error"></p>
  <button class="first"><c:out value="${site.text('bind.submit')}"/></button>
</form>
<p class="said notice" hidden data-passkey-unsupported><c:out value="${page.unsupported()}"/></p>
<noscript><p class="said notice"><c:out value="${page.noscript()}"/></p></noscript>
<c:choose>
  <c:when test="${page.demanded()}">
    <div class="help"><a href="<c:out value='${page.elsewhere()}'/>"><c:out value="${site.text('dialog.cancel')}"/></a></div>
  </c:when>
  <c:otherwise>
    <form class="fields later" method="post" action="<c:out value='${site.base()}'/>/bind/later">
      <input type="hidden" name="to" value="<c:out value='${page.target()}'/>">
      <button class="plain"><c:out value="${site.text('bind.later')}"/></button>
    </form>
  </c:otherwise>
</c:choose>
<ul class="facts">
  <li class="icon-face"><c:out value="${site.text('bind.fact.device')}"/></li>
  <li class="icon-shield"><c:out value="${site.text('bind.fact.site')}"/></li>
  <li class="icon-lock"><c:out value="${site.text(page.passwordFact())}"/></li>
</ul>
<%@ include file="where.jspf" %>
<%@ include file="layout-bottom.jspf" %>
