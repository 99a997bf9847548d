<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="site" value="${page.site()}"/>
<c:set var="texts" value="${site.texts()}"/>
<%@ include file="admin-top.jspf" %>
<form class="search" method="get" action="<c:out value='${site.base()}'/>/admin/users" role="search">
  <label for="q"><c:out value="${site.text('users.search')}"/></label>
  <input id="q" type="search" name="q" value="<c:out value='${page.query()}'/>" dir="auto" autocomplete="off"
    autocapitalize="none" spellcheck="false" aria-describedby="q-hint">
  <button class="first"><c:out value="${site.text('users.search.submit')}"/></button>
  <p class="hint" id="q-hint"><c:out value="${site.text('users.search.hint')}"/></p>
</form>
<c:if test="${page.nothing()}">
  <p class="said notice"><c:out value="${site.text('users.none')}"/></p>
</c:if>
<c:if test="${not empty page.neverSeen()}">
  <form class="stranger" method="post" action="<c:out value='${site.base()}'/>/admin/users">
    <input type="hidden" name="name" value="<c:out value='${page.neverSeen()}'/>">
    <p><strong><bdi><c:out value="${page.neverSeen()}"/></bdi></strong>
      <span class="quiet"><c:out value="${site.text('users.stranger')}"/></span></p>
    <button class="plain"><c:out value="${site.text('users.stranger.open')}"/></button>
  </form>
</c:if>
<c:if test="${not empty page.users()}">
  <table role="table" aria-label="<c:out value="${page.heading()}"/>">
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col"><c:out value="${site.text('users.name')}"/></th>
        <th role="columnheader" scope="col"><c:out value="${site.text('users.passkeys')}"/></th>
        <th role="columnheader" scope="col"><c:out value="${site.text('list.used')}"/></th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      <c:forEach var="row" items="${page.users()}">
        <tr role="row">
          <th role="rowheader" scope="row">
            <a class="name standalone" href="<c:out value='${site.base()}'/>/admin/users/<c:out value='${row.id()}'/>"><bdi><c:out
              value="${row.name()}"/></bdi></a>
            <c:if test="${row.quarantined()}"><span class="origin icon-alert"><c:out
              value="${site.text('users.quarantined')}"/></span></c:if>
          </th>
          <td role="cell" data-label="<c:out value="${site.text('users.passkeys')}"/>">${row.passkeys()}</td>
          <td role="cell" data-label="<c:out value="${site.text('list.used')}"/>">
            <%@ include file="last-used.jspf" %>
          </td>
        </tr>
      </c:forEach>
    </tbody>
  </table>
</c:if>
<c:if test="${page.more()}">
  <p class="hint"><c:out value="${page.moreText()}"/></p>
</c:if>
<%@ include file="layout-bottom.jspf" %>
