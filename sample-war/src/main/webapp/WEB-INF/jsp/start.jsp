<%@ include file="/WEB-INF/jsp/header.jspf" %>
<h1>Harbour Office</h1>
<p>Welcome to the intranet of the harbour. The <a href="${root}/public/page">tides</a> are for everybody; the
  <a href="${root}/secret/page">berth plan</a> is for our staff, the <a href="${root}/admin/page">accounts</a> are for administrators.</p>
<%@ include file="/WEB-INF/jsp/footer.jspf" %>
