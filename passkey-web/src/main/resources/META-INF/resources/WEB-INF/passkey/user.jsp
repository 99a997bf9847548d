<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="site" value="${page.site()}"/>
<c:set var="texts" value="${site.texts()}"/>
<c:set var="user" value="${page.user()}"/>
<c:set var="pass" value="${page.pass()}"/>
<c:set var="focusNotice" value="${true}"/>
<%@ include file="admin-top.jspf" %>
<p class="lead"><c:out value="${page.standing()}"/>&#32;
  <c:if test="${user.administrator()}"><c:out value="${site.text('user.administrator')}"/></c:if></p>
<c:if test="${user.quarantined()}">
  <p class="said alert"><c:out value="${site.text('user.quarantined')}"/></p>
</c:if>
<c:if test="${user.own()}">
  <p class="said notice"><c:out value="${site.text('user.own')}"/></p>
</c:if>
<c:if test="${not empty pass}">
  <section class="pass" aria-labelledby="pass-heading">
    <h2 id="pass-heading" tabindex="-1" data-passkey-focus><c:out value="${site.text('user.pass')}"/></h2>
    <p><c:out value="${page.passText()}"/></p>
    <div class="copied">
      <label for="pass"><c:out value="${site.text('user.pass.link')}"/></label>
      <input id="pass" type="text" value="<c:out value='${pass.link()}'/>" readonly dir="ltr" aria-describedby="pass-until">
      <button type="button" class="second" hidden data-passkey-copies="pass"
        data-passkey-copied="<c:out value="${site.text('user.pass.copied')}"/>"><c:out
        value="${site.text('user.pass.copy')}"/></button>
    </div>
    <p class="hint" id="pass-until"><c:out value="${site.text('user.pass.until')}"/>&#32;<time datetime="${pass.expiresIso()}"><c:out value="${pass.expires(texts)}"/></time></p>
    <p><a class="standalone" href="<c:out value='${page.address()}'/>" data-passkey-address><c:out
      value="${site.text('user.pass.done')}"/></a></p>
  </section>
</c:if>
<c:if test="${not empty page.request() and not user.own() and empty pass}">
  <div class="said notice">
    <form method="get" action="<c:out value='${page.address()}'/>">
      <p><c:out value="${page.pending()}"/>&#32;<span class="quiet"><c:out value="${site.text('user.request.until')}"/>&#32;<time datetime="${page.request().expiresIso()}"><c:out value="${page.request().expires(texts)}"/></time></span></p>
      <c:if test="${not page.request().own()}">
        <button class="plain" name="ask" value="approve"><c:out value="${site.text('user.approve.open')}"/></button>
      </c:if>
    </form>
  </div>
</c:if>
<section aria-labelledby="passkeys">
  <div class="section-head">
    <h2 id="passkeys" tabindex="-1"><c:out value="${site.text('security.passkeys')}"/></h2>
  </div>
  <c:choose>
    <c:when test="${empty page.passkeys()}"><p class="quiet"><c:out value="${site.text('user.none')}"/></p></c:when>
    <c:otherwise>
      <table role="table" aria-labelledby="passkeys">
        <thead role="rowgroup">
          <tr role="row"><%@ include file="passkey-head.jspf" %></tr>
        </thead>
        <tbody role="rowgroup">
          <c:forEach var="row" items="${page.passkeys()}">
            <c:set var="id"><c:out value="${row.id()}"/></c:set>
            <tr role="row" id="passkey-${id}">
              <%@ include file="passkey-cells.jspf" %>
              <td role="cell" data-label="<c:out value="${site.text('list.actions')}"/>">
                <c:if test="${page.canRevokeOne()}">
                  <form class="actions" method="get" action="<c:out value='${page.address()}'/>">
                    <input type="hidden" name="ask" value="revoke">
                    <button class="plain danger" id="to-revoke-${id}" name="passkey" value="${id}"
                      aria-labelledby="to-revoke-${id} name-${id}"><c:out value="${site.text('user.revoke.open')}"/></button>
                  </form>
                </c:if>
              </td>
            </tr>
          </c:forEach>
        </tbody>
      </table>
    </c:otherwise>
  </c:choose>
</section>
<c:if test="${not user.own()}">
  <section aria-labelledby="lost">
    <h2 id="lost"><c:out value="${site.text('user.lost')}"/></h2>
    <form class="ways" method="get" action="<c:out value='${page.address()}'/>">
      <div>
        <p><c:out value="${site.text(user.revokeAllHint())}"/></p>
        <button class="second" name="ask" value="revoke-all" ${user.needsTwo() ? 'disabled' : ''}><c:out
          value="${site.text('user.revoke-all.open')}"/></button>
      </div>
      <div>
        <p><c:out value="${site.text('user.end-sessions.hint')}"/></p>
        <button class="second" name="ask" value="end-sessions"><c:out value="${site.text('user.end-sessions.open')}"/></button>
      </div>
      <div>
        <p><c:out value="${site.text(user.canBind() ? 'user.reset.hint' : 'user.reset.impossible')}"/></p>
        <button class="second" name="ask" value="reset" ${user.canBind() ? '' : 'disabled'}><c:out
          value="${site.text('user.reset.open')}"/></button>
      </div>
    </form>
  </section>
</c:if>
<c:if test="${not empty page.dialog()}">
  <dialog id="ask" open aria-labelledby="ask-heading" aria-describedby="ask-text"
    data-passkey-address="<c:out value='${page.address()}'/>">
    <h2 id="ask-heading"><c:out value="${page.asks('heading')}"/></h2>
    <div id="ask-text">
      <p><strong><c:out value="${page.asks('question')}"/></strong></p>
      <p><c:out value="${page.asks('consequence')}"/></p>
      <c:if test="${page.twoNeeded()}"><p><c:out value="${site.text('user.reset.two')}"/></p></c:if>
    </div>
    <form method="dialog" id="ask-cancel"></form>
    <form class="choice" method="post" action="<c:out value='${page.action()}'/>">
      <input type="hidden" name="request" value="<c:out value='${page.answered()}'/>">
      <button class="first danger"><c:out value="${page.asks('submit')}"/></button>
      <button class="second" form="ask-cancel" autofocus><c:out value="${site.text('dialog.cancel')}"/></button>
    </form>
  </dialog>
</c:if>
<%@ include file="layout-bottom.jspf" %>
