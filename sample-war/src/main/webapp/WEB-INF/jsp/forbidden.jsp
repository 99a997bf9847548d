<%@ include file="/WEB-INF/jsp/header.jspf" %>
<h1>Not for you</h1>
<p>Your account may not see this page. Ask an administrator if you think it should.</p>
<%@ include file="/WEB-INF/jsp/footer.jspf" %>
