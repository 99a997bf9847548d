<%@ page contentType="text/plain;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
ADMINISTRATION page for ${pageContext.request.remoteUser}
