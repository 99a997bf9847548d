<%@ include file="/WEB-INF/jsp/header.jspf" %>
<h1>Berth plan</h1>
<p>SECRET: for our staff only.</p>
<table>
  <tr><th scope="col">Berth</th><th scope="col">Ship</th><th scope="col">Until</th></tr>
  <tr><td>1</td><td>Halcyon</td><td>Tuesday, 06:00</td></tr>
  <tr><td>2</td><td>Petrel</td><td>Tuesday, 18:30</td></tr>
  <tr><td>3</td><td>free</td><td></td></tr>
</table>
<%@ include file="/WEB-INF/jsp/footer.jspf" %>
