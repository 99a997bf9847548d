<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="site" value="${page.site()}"/>
<%@ include file="layout-top.jspf" %>
<h1><c:out value="${page.heading()}"/></h1>
<p class="said notice" role="status" hidden data-passkey-ended><c:out value="${site.text('logon.ended')}"/></p>
<c:choose>
  <c:when test="${page.asksName()}">
    <%@ include file="said.jspf" %>
    <form class="fields" method="post" action="<c:out value='${site.base()}'/>/logon"
      ${page.passkeysAllowed() ? 'data-passkey-autofill' : ''} data-to="<c:out value='${page.target()}'/>">
      <input type="hidden" name="to" value="<c:out value='${page.target()}'/>">
      <label for="username"><c:out value="${site.text('logon.username')}"/></label>
      <input id="username" type="text" name="username" value="<c:out value='${page.username()}'/>" dir="auto" required
        autofocus autocomplete="${page.passkeysAllowed() ? 'username webauthn' : 'username'}" autocapitalize="none"
        spellcheck="false" aria-invalid="${page.fieldRefused()}" ${page.fieldRefused() ? 'aria-describedby="said"' : ''}>
      <button class="first"><c:out value="${site.text('logon.next')}"/></button>
    </form>
  </c:when>
  <c:otherwise>
    <p class="account"><span class="quiet"><c:out value="${site.text('logon.account')}"/></span>
      <strong><bdi><c:out value="${page.username()}"/></bdi></strong>
      <a href="<c:out value='${page.otherName()}'/>"><c:out value="${site.text('logon.change')}"/></a></p>
    <%@ include file="said.jspf" %>
    <c:if test="${page.passkeysAllowed()}">
      <div class="way" hidden data-passkey-needed>
        <button type="button" class="first icon-passkey" aria-describedby="passkey-hint" data-passkey-logon
          ${empty page.alertText() ? 'data-passkey-focus' : ''} data-username="<c:out value='${page.username()}'/>"
          data-to="<c:out value='${page.target()}'/>"><c:out value="${site.text('logon.passkey')}"/></button>
        <p class="hint" id="passkey-hint"><c:out value="${site.text('logon.passkey.hint')}"/></p>
        <p class="or"><span><c:out value="${site.text('logon.or')}"/></span></p>
      </div>
      <p class="hint" hidden data-passkey-unsupported><c:out value="${site.text('unsupported.text')}"/></p>
      <noscript><p class="hint"><c:out value="${site.text('unsupported.noscript')}"/></p></noscript>
    </c:if>
    <c:set var="passwordAction" value="${site.base()}/logon/password"/>
    <c:set var="account" value="${page.username()}"/>
    <c:set var="hiddenName" value="to"/>
    <c:set var="hiddenValue" value="${page.target()}"/>
    <c:set var="passkeyOffered" value="${page.passkeysAllowed()}"/>
    <c:set var="buttonText" value="${site.text('logon.password.submit')}"/>
    <%@ include file="password.jspf" %>
    <c:if test="${page.passkeyFirst()}"><p class="hint"><c:out value="${site.text('logon.passkey-first')}"/></p></c:if>
  </c:otherwise>
</c:choose>
<p class="said alert" hidden data-passkey-cookies><c:out value="${site.text('cookies.text')}"/></p>
<div class="help">
  <c:if test="${page.passkeysAllowed()}">
    <details>
      <summary><c:out value="${site.text('logon.about')}"/></summary>
      <p><c:out value="${site.text('logon.about.text')}"/></p>
    </details>
  </c:if>
  <c:if test="${not empty site.forgottenPassword()}">
    <a href="<c:out value='${site.forgottenPassword()}'/>"><c:out value="${site.text('footer.forgotten')}"/></a>
  </c:if>
</div>
<%@ include file="layout-bottom.jspf" %>
