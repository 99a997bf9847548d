<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="site" value="${page.site()}"/>
<c:set var="account" value="${page.account()}"/>
<c:set var="here" value="${page.here()}"/>
<%@ include file="layout-top.jspf" %>
<h1 class="icon-shield"><c:out value="${page.heading()}"/></h1>
<p class="lead"><c:out value="${page.introduction()}"/></p>
<c:if test="${not empty page.part()}"><p><c:out value="${page.part()}"/></p></c:if>
<%@ include file="said.jspf" %>
<c:if test="${page.passkey()}">
  <div class="way" hidden data-passkey-needed>
    <button type="button" class="first icon-passkey" data-passkey-confirmation
      ${empty page.alertText() ? 'data-passkey-focus' : ''} data-return-to="<c:out value='${page.returnTo()}'/>"
      data-for="${page.group().label()}"><c:out
      value="${page.passkeyButton()}"/></button>
    <c:if test="${page.password()}"><p class="or"><span><c:out value="${site.text('logon.or')}"/></span></p></c:if>
  </div>
  <c:if test="${not page.password()}">
    <p class="said notice" hidden data-passkey-unsupported><c:out value="${site.text('confirm.only-passkey')}"/></p>
    <noscript><p class="said notice"><c:out value="${site.text('confirm.noscript')}"/></p></noscript>
  </c:if>
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
<c:if test="${page.password()}">
  <c:set var="passwordAction" value="${site.base()}/confirm/password"/>
  <c:set var="proofFor" value="${page.group().label()}"/>
  <c:set var="hiddenName" value="return"/>
  <c:set var="hiddenValue" value="${page.returnTo()}"/>
  <c:set var="passkeyOffered" value="${page.passkey()}"/>
  <c:set var="buttonText" value="${site.text('confirm.password')}"/>
  <%@ include file="password.jspf" %>
</c:if>
<div class="help">
  <a href="<c:out value='${page.back()}'/>"><c:out value="${site.text('dialog.cancel')}"/></a>
  <c:if test="${page.password() and not empty site.forgottenPassword()}">
    <a href="<c:out value='${site.forgottenPassword()}'/>"><c:out value="${site.text('footer.forgotten')}"/></a>
  </c:if>
</div>
<%@ include file="layout-bottom.jspf" %>
