<%@ include file="/WEB-INF/jsp/header.jspf" %>
<h1>Accounts</h1>
<p>There are ${total} accounts; these are the first.</p>
<table>
  <tr><th scope="col">Name</th><th scope="col">Full name</th><th scope="col">Locked</th></tr>
  <c:forEach var="account" items="${accounts}">
  <tr><td><c:out value="${account.name()}"/></td><td><c:out value="${account.fullName()}"/></td><td>${account.locked() ? 'yes' : 'no'}</td></tr>
  </c:forEach>
</table>
<%@ include file="/WEB-INF/jsp/footer.jspf" %>
