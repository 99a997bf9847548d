<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="site" value="${page.site()}"/>
<%@ include file="layout-top.jspf" %>
<h1 class="icon-passkey"><c:out value="${page.heading()}"/></h1>
<p class="lead"><c:out value="${page.introduction()}"/></p>
<%@ include file="said.jspf" %>
<form class="fields" method="post" hidden data-passkey-needed data-passkey-bind="reset"
  data-passkey-onward="<c:out value='${page.onward()}'/>">
  <label for="name"><c:out value="${site.text('bind.name')}"/></label>
  <input id="name" type="text" name="name" value="<c:out value='${page.suggestion()}'/>" dir="auto" required
    autocomplete="off" maxlength="128" aria-describedby="name-error name-hint" data-passkey-error="name-error">
  <p class="hint" id="name-hint"><c:out value="${site.text('bind.name.hint')}"/></p>
  <p class="field-error" id="name-error"></p>
  <button class="first"><c:out value="${site.text('bind.submit')}"/></button>
</form>
<p class="said notice" hidden data-passkey-unsupported><c:out value="${site.text('reset.unsupported')}"/></p>
<noscript><p class="said notice"><c:out value="${site.text('reset.noscript')}"/></p></noscript>
<%@ include file="where.jspf" %>
<%@ include file="layout-bottom.jspf" %>
