<%@ include file="/WEB-INF/jsp/header.jspf" %>
<h1>Log in</h1>
<form method="post" action="${root}/j_security_check">
  <p><label for="j_username">User name</label> <input id="j_username" name="j_username" autocomplete="username" required autofocus></p>
  <p><label for="j_password">Password</label> <input id="j_password" name="j_password" type="password" autocomplete="current-password" required></p>
  <p><button>Log in</button></p>
</form>
<%@ include file="/WEB-INF/jsp/footer.jspf" %>
