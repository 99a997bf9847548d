<%@ page contentType="text/plain;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
VIEW for ${empty pageContext.request.remoteUser ? "nobody" : pageContext.request.remoteUser}
