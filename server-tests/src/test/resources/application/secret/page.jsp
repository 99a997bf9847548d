<%@ page contentType="text/plain;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
SECRET page for ${empty pageContext.request.remoteUser ? "nobody" : pageContext.request.remoteUser}
