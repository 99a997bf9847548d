<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="site" value="${page.site()}"/>
<%@ include file="layout-top.jspf" %>
<section data-passkey-upgrade="<c:out value='${page.onward()}'/>">
  <h1><c:out value="${page.heading()}"/></h1>
  <p class="lead"><c:out value="${site.text('upgrade.text')}"/></p>
  <noscript><p class="said notice"><c:out value="${site.text('upgrade.noscript')}"/></p></noscript>
  <p><a class="button first" href="<c:out value='${page.onward()}'/>"><c:out value="${site.text('upgrade.continue')}"/></a></p>
</section>
<section hidden data-passkey-upgraded>
  <h1 class="icon-done" tabindex="-1"><c:out value="${site.text('upgrade.made.heading')}"/></h1>
  <p class="lead"><c:out value="${page.made()}"/></p>
  <p><a class="button first" href="<c:out value='${page.target()}'/>"><c:out value="${site.text('upgrade.continue')}"/></a></p>
  <p><a href="<c:out value='${page.security()}'/>"><c:out value="${site.text('upgrade.made.list')}"/></a></p>
</section>
<%@ include file="layout-bottom.jspf" %>
