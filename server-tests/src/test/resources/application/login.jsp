<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<!DOCTYPE html>
<title>Own logon page</title>
<form action="j_security_check" method="post">
  <input name="j_username"><input name="j_password" type="password"><button>Log in</button>
</form>
