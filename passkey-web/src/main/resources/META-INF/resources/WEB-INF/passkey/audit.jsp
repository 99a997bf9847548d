<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="site" value="${page.site()}"/>
<c:set var="texts" value="${site.texts()}"/>
<c:set var="search" value="${page.search()}"/>
<%@ include file="admin-top.jspf" %>
<c:if test="${not page.kept()}">
  <p class="said notice"><c:out value="${site.text('audit.off')}"/></p>
</c:if>
<form class="filter" method="get" action="<c:out value='${site.base()}'/>/admin/audit">
  <div>
    <label for="account"><c:out value="${site.text('audit.account')}"/></label>
    <input id="account" name="account" value="<c:out value='${search.account()}'/>" dir="auto" autocomplete="off"
      autocapitalize="none" spellcheck="false" maxlength="255">
  </div>
  <div>
    <label for="event"><c:out value="${site.text('audit.event')}"/></label>
    <select id="event" name="event">
      <option value=""><c:out value="${site.text('audit.any')}"/></option>
      <c:forEach var="event" items="${page.events()}">
        <option ${event eq search.event() ? 'selected' : ''}><c:out value="${event}"/></option>
      </c:forEach>
    </select>
  </div>
  <div>
    <label for="reason"><c:out value="${site.text('audit.reason')}"/></label>
    <select id="reason" name="reason">
      <option value=""><c:out value="${site.text('audit.any')}"/></option>
      <c:forEach var="reason" items="${page.reasons()}">
        <option ${reason eq search.reason() ? 'selected' : ''}><c:out value="${reason}"/></option>
      </c:forEach>
    </select>
  </div>
  <div>
    <label for="from"><c:out value="${site.text('audit.from')}"/></label>
    <input id="from" type="date" name="from" value="<c:out value='${search.from()}'/>" aria-describedby="utc">
  </div>
  <div>
    <label for="until"><c:out value="${site.text('audit.until')}"/></label>
    <input id="until" type="date" name="until" value="<c:out value='${search.until()}'/>" aria-describedby="utc">
  </div>
  <div class="filter-end">
    <button class="first"><c:out value="${site.text('audit.find')}"/></button>
    <c:if test="${not search.isEmpty()}">
      <a class="standalone" href="<c:out value='${site.base()}'/>/admin/audit"><c:out value="${site.text('audit.all')}"/></a>
    </c:if>
  </div>
  <p class="hint" id="utc"><c:out value="${site.text('audit.utc')}"/></p>
</form>
<section aria-labelledby="events">
  <h2 class="unseen" id="events"><c:out value="${site.text('audit.found')}"/></h2>
  <c:choose>
    <c:when test="${empty page.lines()}">
      <div class="empty">
        <h3><c:out value="${site.text('audit.empty')}"/></h3>
        <p><c:out value="${site.text(search.isEmpty() ? 'audit.empty.unfiltered' : 'audit.empty.filtered')}"/></p>
      </div>
    </c:when>
    <c:otherwise>
      <p class="hint"><c:out value="${site.text('audit.export')}"/>
        <a class="standalone" href="<c:out value='${page.export()}'/>&amp;format=csv" download><c:out value="${site.text('audit.csv')}"/></a>
        <a class="standalone" href="<c:out value='${page.export()}'/>&amp;format=json" download><c:out value="${site.text('audit.json')}"/></a></p>
      <table role="table" class="audit" aria-labelledby="events">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col"><c:out value="${site.text('audit.time')}"/></th>
            <th role="columnheader" scope="col"><c:out value="${site.text('audit.event')}"/></th>
            <th role="columnheader" scope="col"><c:out value="${site.text('audit.account')}"/></th>
            <th role="columnheader" scope="col"><c:out value="${site.text('audit.passkey')}"/></th>
            <th role="columnheader" scope="col"><c:out value="${site.text('audit.client')}"/></th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          <c:forEach var="line" items="${page.lines()}">
            <c:set var="event" value="${line.event()}"/>
            <tr role="row">
              <td role="cell" data-label="<c:out value="${site.text('audit.time')}"/>">
                <time datetime="${line.iso()}"><c:out value="${line.time(texts)}"/></time></td>
              <td role="cell" data-label="<c:out value="${site.text('audit.event')}"/>">
                <span><code><c:out value="${event.event()}"/></code>
                <c:if test="${not empty event.reason()}"><code class="cause"><c:out value="${event.reason()}"/></code></c:if>
                <c:if test="${not empty event.method()}"><span class="quiet"><c:out value="${event.method()}"/></span></c:if></span></td>
              <td role="cell" data-label="<c:out value="${site.text('audit.account')}"/>">
                <bdi class="name"><c:out value="${event.account()}"/></bdi></td>
              <td role="cell" data-label="<c:out value="${site.text('audit.passkey')}"/>">
                <code title="<c:out value='${event.passkey()}'/>"><c:out value="${line.passkey()}"/></code></td>
              <td role="cell">
                <bdi><c:out value="${event.address()}"/></bdi>
                <c:if test="${not empty event.details()}"><code class="whole"><c:out value="${event.details()}"/></code></c:if>
                <bdi class="agent"><c:out value="${event.userAgent()}"/></bdi></td>
            </tr>
          </c:forEach>
        </tbody>
      </table>
      <c:if test="${not empty page.older()}">
        <p><a class="standalone" href="<c:out value='${page.older()}'/>"><c:out value="${site.text('audit.older')}"/></a></p>
      </c:if>
    </c:otherwise>
  </c:choose>
</section>
<%@ include file="layout-bottom.jspf" %>
