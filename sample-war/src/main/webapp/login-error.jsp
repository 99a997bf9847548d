<%@ include file="/WEB-INF/jsp/header.jspf" %>
<h1>Log in</h1>
<p>That user name and password do not belong together, or the account is locked. <a href="${root}/secret/page">Try again</a></p>
<%@ include file="/WEB-INF/jsp/footer.jspf" %>
