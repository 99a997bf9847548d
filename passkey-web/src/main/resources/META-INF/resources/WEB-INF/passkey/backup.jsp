<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="site" value="${page.site()}"/>
<c:set var="texts" value="${site.texts()}"/>
<c:set var="account" value="${page.account()}"/>
<c:set var="base"><c:out value="${site.base()}"/></c:set>
<c:set var="focusNotice" value="${true}"/>
<%@ include file="layout-top.jspf" %>
<h1 class="icon-lock"><c:out value="${page.heading()}"/></h1>
<p class="lead"><c:out value="${site.text('backup.introduction')}"/></p>
<%@ include file="said.jspf" %>
<c:if test="${not empty page.newCodes()}">
  <section aria-labelledby="new-codes">
    <h2 id="new-codes" tabindex="-1" data-passkey-focus><c:out value="${site.text('backup.codes.new')}"/></h2>
    <p><c:out value="${site.text('backup.codes.once')}"/></p>
    <ol class="codes">
      <c:forEach var="code" items="${page.newCodes()}"><li><code><c:out value="${code}"/></code></li></c:forEach>
    </ol>
    <form method="post" action="${base}/backup/recovery-codes/file">
      <input type="hidden" name="codes" value="<c:out value='${page.file()}'/>">
      <button class="first"><c:out value="${site.text('backup.codes.file')}"/></button>
    </form>
  </section>
</c:if>
<section aria-labelledby="contact-heading">
  <h2 id="contact-heading"><c:out value="${site.text('backup.contact.heading')}"/></h2>
  <p><c:out value="${site.text('backup.contact.introduction')}"/></p>
  <c:if test="${page.contact() ne null}">
    <c:set var="moment" value="${page.contact().moment()}"/>
    <p><strong><bdi><c:out value="${page.contact().masked()}"/></bdi></strong><br>
      <span class="quiet"><c:out
        value="${site.text(page.contact().key())}"/><c:if test="${moment ne null}">&#32;<time
        datetime="${moment.iso()}"><c:out value="${moment.text(texts)}"/></time></c:if></span></p>
    <form class="actions" method="post" action="${base}/backup/contact/deletion">
      <button class="plain danger"><c:out value="${site.text('backup.contact.remove')}"/></button>
    </form>
  </c:if>
  <c:if test="${not empty page.verifying()}">
    <form class="fields" id="code-form" method="post" action="${base}/backup/contact/code">
      <p><c:out value="${page.sentTo()}"/></p>
      <label for="code"><c:out value="${site.text('backup.code')}"/></label>
      <input id="code" type="text" name="code" required autocomplete="one-time-code" inputmode="numeric" maxlength="12"
        spellcheck="false" aria-invalid="${page.codeRefused()}" ${page.codeRefused() ? 'aria-describedby="said" autofocus data-passkey-focus' : ''}>
      <button class="first"><c:out value="${site.text('backup.code.verify')}"/></button>
    </form>
  </c:if>
  <c:choose>
    <c:when test="${page.reachesAnybody()}">
      <form class="fields" method="post" action="${base}/backup/contact">
        <label for="contact"><c:out value="${page.contactLabel()}"/></label>
        <input id="contact" type="text" name="contact" required maxlength="254" spellcheck="false" autocapitalize="none"
          autocomplete="${page.contactPurpose()}" inputmode="${page.contactPurpose()}"
          aria-invalid="${page.contactRefused()}" aria-describedby="contact-hint${page.contactRefused() ? ' said' : ''}"
          ${page.contactRefused() ? 'autofocus data-passkey-focus' : ''}>
        <p class="hint" id="contact-hint"><c:out value="${page.contactHint()}"/></p>
        <button class="${empty page.verifying() ? 'first' : 'second'}"><c:out
          value="${site.text(page.contact() eq null ? 'backup.contact.set' : 'backup.contact.change')}"/></button>
      </form>
    </c:when>
    <c:otherwise><p class="hint"><c:out value="${site.text('backup.contact.unreachable')}"/></p></c:otherwise>
  </c:choose>
</section>
<section aria-labelledby="codes-heading">
  <h2 id="codes-heading"><c:out value="${site.text('backup.codes.heading')}"/></h2>
  <c:choose>
    <c:when test="${page.codesServe()}">
      <p><c:out value="${site.text('backup.codes.introduction')}"/></p>
      <p><strong><c:out value="${page.left()}"/></strong></p>
      <form method="post" action="${base}/backup/recovery-codes">
        <button class="second" ${page.remaining() gt 0 ? 'aria-describedby="codes-hint"' : ''}><c:out
          value="${site.text('backup.codes.make')}"/></button>
        <c:if test="${page.remaining() gt 0}">
          <p class="hint" id="codes-hint"><c:out value="${site.text('backup.codes.replace')}"/></p>
        </c:if>
      </form>
    </c:when>
    <c:otherwise><p class="hint"><c:out value="${site.text('backup.codes.off')}"/></p></c:otherwise>
  </c:choose>
</section>
<c:if test="${page.replacing()}">
  <dialog id="replace" open aria-labelledby="replace-heading" aria-describedby="replace-text"
    data-passkey-address="${base}/backup">
    <h2 id="replace-heading"><c:out value="${site.text('backup.codes.make')}"/></h2>
    <div id="replace-text">
      <p><strong><c:out value="${site.text('backup.codes.replace.question')}"/></strong></p>
      <p><c:out value="${page.left()}"/></p>
      <p><c:out value="${site.text('backup.codes.replace')}"/></p>
    </div>
    <form method="dialog" id="replace-cancel"></form>
    <form class="choice" method="post" action="${base}/backup/recovery-codes">
      <input type="hidden" name="replace" value="true">
      <button class="first danger"><c:out value="${site.text('backup.codes.replace.submit')}"/></button>
      <button class="second" form="replace-cancel" autofocus><c:out value="${site.text('dialog.cancel')}"/></button>
    </form>
  </dialog>
</c:if>
<p><a class="standalone" href="${base}/security"><c:out value="${site.text('security.heading')}"/></a></p>
<%@ include file="layout-bottom.jspf" %>
