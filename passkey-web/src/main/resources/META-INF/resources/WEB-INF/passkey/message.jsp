<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="site" value="${page.site()}"/>
<%@ include file="layout-top.jspf" %>
<h1 class="${page.isError() ? 'icon-alert' : 'icon-done'}"><c:out value="${page.heading()}"/></h1>
<p class="lead"><c:out value="${page.text()}"/></p>
<c:if test="${not empty page.link()}">
  <p><a class="button first" href="<c:out value='${page.link()}'/>"><c:out value="${page.linkText()}"/></a></p>
</c:if>
<c:if test="${page.isError()}">
  <p class="hint"><c:out value="${page.statusText()}"/></p>
</c:if>
<%@ include file="layout-bottom.jspf" %>
