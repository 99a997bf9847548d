<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="site" value="${page.site()}"/>
<%@ include file="layout-top.jspf" %>
<h1 class="icon-shield"><c:out value="${page.heading()}"/></h1>
<form class="account" method="post" action="<c:out value='${site.base()}'/>/second-factor/cancel">
  <input type="hidden" name="to" value="<c:out value='${page.target()}'/>">
  <span class="quiet"><c:out value="${site.text('logon.account')}"/></span>
  <strong><bdi><c:out value="${page.account()}"/></bdi></strong>
  <button class="plain"><c:out value="${site.text('logon.change')}"/></button>
</form>
<p class="lead"><c:out value="${page.introduction()}"/></p>
<%@ include file="said.jspf" %>
<a hidden data-passkey-again href="<c:out value='${page.again()}'/>"><c:out value="${site.text('message.logon')}"/></a>
<c:if test="${page.asksPasskey()}">
  <div class="way" hidden data-passkey-needed>
    <button type="button" class="first icon-passkey" aria-describedby="passkey-hint" data-passkey-second-factor
      ${empty page.alertText() ? 'data-passkey-focus' : ''} data-to="<c:out value='${page.target()}'/>"><c:out
      value="${page.passkeyButton()}"/></button>
    <p class="hint" id="passkey-hint"><c:out value="${page.passkeyHint()}"/></p>
  </div>
</c:if>
<c:if test="${page.mustBind()}">
  <form class="fields" method="post" hidden data-passkey-needed data-passkey-bind
    data-to="<c:out value='${page.target()}'/>">
    <label for="name"><c:out value="${site.text('bind.name')}"/></label>
    <input id="name" type="text" name="name" value="<c:out value='${page.suggestion()}'/>" dir="auto" required
      autocomplete="off" maxlength="128" aria-describedby="name-error name-hint" data-passkey-error="name-error">
    <p class="hint" id="name-hint"><c:out value="${site.text('bind.name.hint')}"/></p>
    <p class="field-error" id="name-error"></p>
    <%@ include file="use.jspf" %>
    <button class="first"><c:out value="${site.text('bind.submit')}"/></button>
  </form>
</c:if>
<c:if test="${page.asksPasskey() or page.mustBind()}">
  <p class="said notice" hidden data-passkey-unsupported><c:out value="${site.text('second-factor.unsupported')}"/></p>
  <noscript><p class="said notice"><c:out value="${site.text('second-factor.noscript')}"/></p></noscript>
</c:if>
<c:if test="${page.codes() ne null}">
  <c:set var="codes" value="${page.codes()}"/>
  <c:set var="codeRefused" value="${page.codeRefused()}"/>
  <%@ include file="codes.jspf" %>
</c:if>
<c:if test="${page.asksAdministrator()}">
  <section aria-labelledby="lost-heading">
    <h2 id="lost-heading"><c:out value="${site.text('codes.heading')}"/></h2>
    <p><c:out value="${site.text('confirm.lost')}"/></p>
  </section>
</c:if>
<c:if test="${page.asksPassword()}">
  <c:set var="passwordAction" value="${site.base()}/second-factor/password"/>
  <c:set var="account" value="${page.account()}"/>
  <c:set var="hiddenName" value="to"/>
  <c:set var="hiddenValue" value="${page.target()}"/>
  <c:set var="buttonText" value="${site.text('second-factor.password')}"/>
  <%@ include file="password.jspf" %>
</c:if>
<c:if test="${page.mustBind()}">
  <ul class="facts">
    <li class="icon-face"><c:out value="${site.text('bind.fact.device')}"/></li>
    <li class="icon-shield"><c:out value="${site.text('bind.fact.site')}"/></li>
    <li class="icon-lock"><c:out value="${site.text('second-factor.fact')}"/></li>
  </ul>
  <%@ include file="where.jspf" %>
</c:if>
<%@ include file="layout-bottom.jspf" %>
