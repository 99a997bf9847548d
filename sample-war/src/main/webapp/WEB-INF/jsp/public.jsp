<%@ include file="/WEB-INF/jsp/header.jspf" %>
<h1>Tides</h1>
<p>This page is public.</p>
<table>
  <tr><th scope="col">Water</th><th scope="col">Time</th><th scope="col">Height</th></tr>
  <tr><td>High</td><td>04:12</td><td>3.8 m</td></tr>
  <tr><td>Low</td><td>10:35</td><td>0.6 m</td></tr>
  <tr><td>High</td><td>16:40</td><td>3.9 m</td></tr>
  <tr><td>Low</td><td>23:01</td><td>0.5 m</td></tr>
</table>
<%@ include file="/WEB-INF/jsp/footer.jspf" %>
