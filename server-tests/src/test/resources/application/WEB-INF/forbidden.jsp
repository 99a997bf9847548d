<%@ page contentType="text/plain;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" isErrorPage="true" %>
FORBIDDEN, says the application to ${pageContext.request.remoteUser}
