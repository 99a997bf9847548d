<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="site" value="${page.site()}"/>
<%@ include file="admin-top.jspf" %>
<c:if test="${not page.kept()}">
  <p class="said notice"><c:out value="${site.text('audit.off')}"/></p>
</c:if>
<section aria-labelledby="figures">
  <h2 id="figures"><c:out value="${site.text('adoption.figures')}"/></h2>
  <dl class="settings">
    <div><dt><c:out value="${site.text('adoption.users')}"/></dt><dd><c:out value="${page.users()}"/></dd></div>
    <div><dt><c:out value="${site.text('adoption.holders')}"/></dt><dd><c:out value="${page.holders()}"/></dd></div>
    <div><dt><c:out value="${site.text('adoption.passkeys')}"/></dt><dd><c:out value="${page.passkeys()}"/></dd></div>
  </dl>
</section>
<c:forEach var="table" items="${page.tables()}">
  <section aria-labelledby="${table.name()}">
    <h2 id="${table.name()}"><c:out value="${table.heading(site)}"/></h2>
    <c:choose>
      <c:when test="${empty table.rows()}"><p class="quiet"><c:out value="${site.text('adoption.none')}"/></p></c:when>
      <c:otherwise>
        <table class="figures" role="table" aria-labelledby="${table.name()}">
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col"><c:out
                value="${table.column(site)}"/></th>
              <th role="columnheader" scope="col"><c:out value="${site.text('adoption.count')}"/></th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            <c:forEach var="row" items="${table.rows()}">
              <tr role="row">
                <th role="rowheader" scope="row"><c:out value="${row.name()}"/></th>
                <td role="cell"><c:out value="${row.count()}"/>
                  <meter aria-hidden="true" min="0" max="${row.most()}" value="${row.count()}"></meter></td>
              </tr>
            </c:forEach>
          </tbody>
        </table>
      </c:otherwise>
    </c:choose>
  </section>
</c:forEach>
<%@ include file="layout-bottom.jspf" %>
