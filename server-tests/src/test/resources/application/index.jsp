<%@ page contentType="text/plain;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
start page of ${empty pageContext.request.remoteUser ? "nobody" : pageContext.request.remoteUser}
