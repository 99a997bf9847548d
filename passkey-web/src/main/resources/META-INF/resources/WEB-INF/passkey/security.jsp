<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="site" value="${page.site()}"/>
<c:set var="texts" value="${site.texts()}"/>
<c:set var="account" value="${page.user().name()}"/>
<c:set var="confirmation" value="${site.base()}/confirm?return=create"/>
<c:set var="here" value="${site.base()}/security"/>
<c:set var="wide" value="${true}"/>
<c:set var="focusNotice" value="${true}"/>
<%@ include file="layout-top.jspf" %>
<h1><c:out value="${page.heading()}"/></h1>
<p class="lead"><c:out value="${page.introduction()}"/></p>
<c:if test="${page.administrator()}">
  <p><a class="standalone" href="<c:out value='${site.base()}'/>/admin"><c:out value="${site.text('admin.heading')}"/></a></p>
</c:if>
<%@ include file="said.jspf" %>
<section aria-labelledby="passkeys" data-passkey-user="<c:out value='${page.user().id()}'/>"
  data-rp-id="<c:out value='${site.relyingPartyId()}'/>" data-name="<c:out value='${page.user().name()}'/>"
  data-display-name="<c:out value='${page.user().displayName()}'/>">
  <div class="section-head">
    <h2 id="passkeys" tabindex="-1"><c:out value="${site.text('security.passkeys')}"/></h2>
    <c:if test="${not empty page.passkeys()}"><span class="quiet"><c:out value="${page.count()}"/></span></c:if>
    <c:if test="${page.passkeysAllowed() and not empty page.passkeys()}">
      <button type="button" class="first" hidden data-passkey-needed data-passkey-opens="create"
        ${page.full() ? 'disabled aria-describedby="limit"' : ''}><c:out value="${site.text('create.submit')}"/></button>
    </c:if>
  </div>
  <c:if test="${page.passkeysAllowed() and page.full()}">
    <p class="hint" id="limit"><c:out value="${page.limit()}"/></p>
  </c:if>
  <c:if test="${not page.passkeysAllowed()}">
    <p class="said notice"><c:out value="${site.text('security.off')}"/></p>
  </c:if>
  <c:if test="${page.passkeysAllowed()}">
    <p class="hint" hidden data-passkey-unsupported><c:out value="${site.text('create.unsupported')}"/></p>
    <noscript><p class="hint"><c:out value="${site.text('create.noscript')}"/></p></noscript>
  </c:if>
  <c:choose>
    <c:when test="${empty page.passkeys()}">
      <div class="empty">
        <span class="icon-passkey large" aria-hidden="true"></span>
        <h3><c:out value="${site.text('list.empty.heading')}"/></h3>
        <p><c:out value="${site.text('list.empty')}"/></p>
        <c:if test="${page.passkeysAllowed()}">
          <button type="button" class="first" hidden data-passkey-needed data-passkey-opens="create"><c:out
            value="${site.text('create.submit')}"/></button>
        </c:if>
      </div>
    </c:when>
    <c:otherwise>
      <%-- The roles keep it a table for assistive technology where the style lays it out as cards. --%>
      <table role="table" aria-labelledby="passkeys">
        <thead role="rowgroup">
          <tr role="row">
            <%@ include file="passkey-head.jspf" %>
          </tr>
        </thead>
        <tbody role="rowgroup">
          <c:forEach var="row" items="${page.passkeys()}">
            <c:set var="id"><c:out value="${row.id()}"/></c:set>
            <tr role="row" id="passkey-${id}" data-credential-id="<c:out value='${row.credentialId()}'/>">
              <%@ include file="passkey-cells.jspf" %>
              <td role="cell" data-label="<c:out value="${site.text('list.actions')}"/>">
                <c:if test="${page.passkeysAllowed()}">
                <form class="actions" method="get" action="<c:out value='${site.base()}'/>/security">
                  <button class="plain" id="to-rename-${id}" name="rename" value="${id}" data-passkey-opens="rename-${id}"
                    aria-labelledby="to-rename-${id} name-${id}"><c:out value="${site.text('rename.submit')}"/></button>
                  <button class="plain danger" id="to-delete-${id}" name="delete" value="${id}"
                    data-passkey-opens="delete-${id}" aria-labelledby="to-delete-${id} name-${id}"><c:out
                    value="${site.text('delete.submit')}"/></button>
                </form>
                <%@ include file="dialogs.jspf" %>
                </c:if>
              </td>
            </tr>
          </c:forEach>
        </tbody>
      </table>
      <c:if test="${page.last() and page.passkeysAllowed()}">
        <p class="hint"><c:out value="${site.text('list.second')}"/></p>
      </c:if>
    </c:otherwise>
  </c:choose>
</section>
<section aria-labelledby="sessions">
  <h2 id="sessions"><c:out value="${site.text('security.sessions')}"/></h2>
  <p class="hint"><c:out value="${page.sessionsText()}"/></p>
  <form method="post" action="<c:out value='${site.base()}'/>/sessions/end">
    <button class="second"><c:out value="${site.text('security.sessions.end')}"/></button>
  </form>
  <c:if test="${not page.staysLoggedOn()}">
    <p><a class="standalone" href="<c:out value='${site.base()}'/>/confirm?return=security"><c:out
      value="${site.text('security.sessions.stay')}"/></a></p>
  </c:if>
</section>
<section aria-labelledby="backup">
  <h2 id="backup"><c:out value="${site.text('backup.heading')}"/></h2>
  <p><c:out value="${site.text('backup.recommendation')}"/></p>
  <p><a class="standalone" href="<c:out value='${site.base()}'/>/backup"><c:out value="${site.text('backup.open')}"/></a></p>
</section>
<c:if test="${page.passkeysAllowed() and not page.full()}">
  <dialog id="create" aria-labelledby="create-heading" data-passkey-region>
    <h2 id="create-heading"><c:out value="${site.text('create.submit')}"/></h2>
    <p><c:out value="${site.text('bind.fact.device')}"/></p>
    <p class="said alert" role="alert" data-passkey-alert></p>
    <p class="said status" role="status" data-passkey-status></p>
    <form method="dialog" id="create-cancel"></form>
    <form class="fields" method="post" data-passkey-bind
      data-passkey-onward="<c:out value='${site.base()}'/>/security?notice=bound#passkey-{id}">
      <label for="name"><c:out value="${site.text('bind.name')}"/></label>
      <input id="name" type="text" name="name" value="<c:out value='${page.suggestion()}'/>" dir="auto" required autofocus
        autocomplete="off" maxlength="128" aria-describedby="name-error name-hint" data-passkey-error="name-error">
      <p class="hint" id="name-hint"><c:out value="${site.text('bind.name.hint')}"/></p>
      <p class="field-error" id="name-error"></p>
      <c:if test="${page.keysServe()}"><%@ include file="use.jspf" %></c:if>
      <div class="choice">
        <button class="first"><c:out value="${site.text('bind.submit')}"/></button>
        <button class="second" form="create-cancel"><c:out value="${site.text('dialog.cancel')}"/></button>
      </div>
    </form>
    <%@ include file="where.jspf" %>
  </dialog>
</c:if>
<%@ include file="layout-bottom.jspf" %>
