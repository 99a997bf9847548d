package org.passkeygraft.web.arming;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Login pages in the shapes that applications have, with what is to become of each. */
final class LoginPages {
    private static final String FIELDS = "<input name=\"user\"><input type=\"password\" name=\"pass\">";
    private static final String FORM = "<form method=\"post\" action=\"login\">" + FIELDS + "</form>";

    private LoginPages() {}

    /**
     * One page.
     *
     * @param username the user name field's tag as it must come out; empty if the page must stay as it is
     */
    record Page(String name, String html, String username, Charset charset) {
        byte[] bytes() {
            return html.getBytes(charset);
        }

        boolean isArmed() {
            return !username.isEmpty();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Page> armed() {
        String token = "autocomplete=\"username webauthn\"";
        return List.of(
                page("Tomcat's examples", """
                        <html>
                        <head>
                        <title>Login Page for Examples</title>
                        <body bgcolor="white">
                        <form method="POST" action='j_security_check;jsessionid=3A5D' >
                          <table border="0" cellspacing="5">
                            <tr>
                              <th align="right">Username:</th>
                              <td align="left"><input type="text" name="j_username"></td>
                            </tr>
                            <tr>
                              <th align="right">Password:</th>
                              <td align="left"><input type="password" name="j_password"></td>
                            </tr>
                            <tr>
                              <td align="right"><input type="submit" value="Log In"></td>
                              <td align="left"><input type="reset"></td>
                            </tr>
                          </table>
                        </form>
                        </body>
                        </html>
                        """, "<input " + token + " type=\"text\" name=\"j_username\">"),
                page("Jetty's JAAS example", """
                        <form method="POST" action="j_security_check">
                           <b>Login: </b><input type="text" name="j_username">
                           <p>
                            <b>Password: </b><input type="password" name="j_password">
                           <p>
                           <input class="test" type="submit" value="Login"/>
                        </form>
                        """, "<input " + token + " type=\"text\" name=\"j_username\">"),
                page(
                        "Jetty's example with a field named submit",
                        """
                        <html>
                        <h1>FORM Authentication demo</h1>
                        <form method="POST" action="j_security_check">
                            <table border="0" cellspacing="2" cellpadding="1">
                                <tr><td>Username:</td>
                                    <td><input size="12" value="" name="j_username" maxlength="25" type="text"></td></tr>
                                <tr><td>Password:</td>
                                    <td><input size="12" value="" name="j_password" maxlength="25" type="password"></td></tr>
                                <tr><td colspan="2"><input name="submit" type="submit" value="Login"></td></tr>
                            </table>
                        </form>
                        </html>
                        """,
                        "<input " + token
                                + " size=\"12\" value=\"\" name=\"j_username\" maxlength=\"25\" type=\"text\">"),
                page("HTML 4 in upper case without quotes", """
                        <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
                        <HTML><HEAD><META HTTP-EQUIV=Content-Type CONTENT="text/html; charset=iso-8859-1"></HEAD>
                        <BODY BGCOLOR=#FFFFFF TEXT=black>
                        <FORM METHOD=POST ACTION=login.do NAME=f>
                        <INPUT TYPE=TEXT NAME=USERID SIZE=20 AUTOCOMPLETE=OFF>
                        <INPUT TYPE=PASSWORD NAME=PWD>
                        <INPUT TYPE=SUBMIT>
                        </FORM></BODY></HTML>
                        """, "<INPUT TYPE=TEXT NAME=USERID SIZE=20 " + token + ">"),
                page("XHTML", """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
                        <html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>Login</title>
                        <script type="text/javascript">//<![CDATA[
                          if (1 < 2 && document.forms) { }
                        //]]></script></head>
                        <body><form id="f" action="/a/j_security_check" method="post"><p>
                        <input type="text" name="j_username" id="u" autocomplete="off" />
                        <input type="password" name="j_password" />
                        </p></form></body></html>
                        """, "<input type=\"text\" name=\"j_username\" id=\"u\" " + token + " />"),
                page(
                        "a comment with a form",
                        "<!-- old: <form><input name=u><input type=password></form> -->" + FORM,
                        user()),
                page("a conditional comment", "<!--[if lt IE 9]><form><![endif]-->" + FORM, user()),
                page(
                        "a script that writes a form",
                        "<script>document.write('<form><input type=password>');</script>" + FORM,
                        user()),
                page(
                        "a script hidden from old browsers",
                        "<script><!--\nvar a = '<form>';\n//--></script>" + FORM,
                        user()),
                page(
                        "a style and a title with markup",
                        "<title>a <form> b</title><style>a:after{content:'<form>'}</style>" + FORM,
                        user()),
                page("a textarea with a form", "<textarea><form></textarea>" + FORM, user()),
                page(
                        "a form for browsers without script",
                        "<noscript><form><input type=password></form></noscript>" + FORM,
                        user()),
                page("texts that begin with another's end tag", """
                        <title></b></title><style></p></style><noscript></p><p>No script</p></noscript>
                        <script></script><iframe></ </iframe><textarea></</textarea>""" + FORM, user()),
                page("an end tag with a long s", "<script>a = '</\u017fcript><form>';</script>" + FORM, user()),
                page("a search form before", "<form action=search><input name=q></form>" + FORM, user()),
                page(
                        "a registration form after",
                        FORM + "<form><input name=a><input type=password><input type=password></form>",
                        user()),
                page(
                        "two forms, one of the container's",
                        FORM
                                + "<form action=j_security_check><input name=j_username><input name=j_password type=password></form>",
                        "<input " + token + " name=j_username>"),
                page(
                        "fields between name and password",
                        "<form><input name=j_username><input name=domain><input name=j_password type=password></form>",
                        "<input " + token + " name=j_username>"),
                page(
                        "a company before the name",
                        "<form><input name=company><input type=hidden name=t><input type=EMAIL name=mail><input type=Password name=p></form>",
                        "<input " + token + " type=EMAIL name=mail>"),
                page(
                        "entities in attributes",
                        "<form action=\"a?b=1&amp;c=2\"><input name=\"u\" value=\"O&#39;Hara &quot;&gt;&quot;\"><input type='password' name='p'></form>",
                        "<input " + token + " name=\"u\" value=\"O&#39;Hara &quot;&gt;&quot;\">"),
                page(
                        "angle brackets in values",
                        "<form><input name=\"u\" placeholder=\"<user>\" title='a > b'><input type=password name=p></form>",
                        "<input " + token + " name=\"u\" placeholder=\"<user>\" title='a > b'>"),
                page(
                        "spaces and line ends in tags",
                        "<form\r\n  method = 'post'\r\n><input\r\n\tname = \"u\"\r\n\tautocomplete = 'on'\r\n/><input type = \"password\"\n></form\n>",
                        "<input\r\n\tname = \"u\"\r\n\t" + token + "\r\n/>"),
                page(
                        "autocomplete without a value",
                        "<form><input name=u autocomplete><input type=password></form>",
                        "<input name=u " + token + ">"),
                page(
                        "autocomplete of an armed page",
                        "<form><input name=u autocomplete='username webauthn'><input type=password></form>",
                        "<input name=u autocomplete='username webauthn'>"),
                page("less-than signs in text", "<p>1 < 2 <3 a<b></b></p>" + FORM, user()),
                page(
                        "an icon in SVG",
                        "<svg viewBox='0 0 1 1'><title>Lock</title><path d='M0 0'/></svg>" + FORM,
                        user()),
                page("a base that is a path", "<base href=\"/shop/a-b_c/\">" + FORM, user()),
                page(
                        "an action of this application",
                        FORM.replace("\"login\"", "'https://shop.example/login?a=b&amp;c=d'"),
                        user()),
                page(
                        "an action with a script's place in it",
                        FORM.replace("\"login\"", "'/a/login?to=http://x'"),
                        user()),
                page(
                        "a registration form with one password",
                        FORM + "<form><input name=a><input type=password autocomplete='new-password'></form>",
                        user()),
                page("a base of this application", "<base href=\"https://shop.example/shop/\">" + FORM, user()),
                new Page("GBK", "<title>登录</title><p>用户名：</p>" + FORM + "<p>乗乗乗倈</p>", user(), Charset.forName("GBK")),
                new Page(
                        "ISO-8859-15",
                        "<p>Straße 5 €</p>" + FORM + "<p>Ünïcödé</p>",
                        user(),
                        Charset.forName("ISO-8859-15")),
                new Page("Shift_JIS", "<p>ログイン 表示 ソ能</p>" + FORM, user(), Charset.forName("Shift_JIS")),
                new Page(
                        "UTF-8 with a byte order mark",
                        "\uFEFF<p>Ελλάδα 🔑</p>" + FORM,
                        user(),
                        StandardCharsets.UTF_8));
    }

    static List<Page> untouched() {
        return List.of(
                page("no form", "<p>Please come in</p>" + FIELDS, ""),
                page("no password", "<form><input name=u></form>", ""),
                page("no user name", "<form><input type=hidden name=u><input type=password name=p></form>", ""),
                page("a user name behind the password", "<form><input type=password name=p><input name=u></form>", ""),
                page(
                        "a user name that cannot be changed",
                        "<form><input name=u readonly><input type=password name=p></form>",
                        ""),
                page(
                        "change of a password",
                        "<form><input name=u><input type=password><input type=password></form>",
                        ""),
                page("two forms alike", FORM + FORM, ""),
                page("a form that does not end", "<form>" + FIELDS, ""),
                page("a form in a form", "<form><form>" + FIELDS + "</form></form>", ""),
                page("a comment that does not end", "<!-- " + FORM, ""),
                page("a comment that ends at once", "<!-->" + FORM, ""),
                page("a comment that ends oddly", "<!-- a --!><b>" + FORM + "<!-- -->", ""),
                page("a text that does not end but by another's tag", FORM + "<noscript></p>", ""),
                page("a script that does not end", FORM + "<script>", ""),
                page("a script in a comment in a script", "<script><!-- <script></script>" + FORM + "--></script>", ""),
                page("an empty script of XHTML", "<script src='a.js'/>" + FORM + "<script></script>", ""),
                page("a template", "<template>" + FORM + "</template>", ""),
                page("plain text", "<plaintext>" + FORM, ""),
                page("a CDATA section", "<![CDATA[ > ]]>" + FORM, ""),
                page("an attribute twice", "<form><input name=u name=v><input type=password></form>", ""),
                page("a stray quote", "<td width=\"5\"\">" + FORM, ""),
                page("a value with a quote inside", "<td title=a\"b>" + FORM, ""),
                page("a value that does not end", FORM + "<a title=\"", ""),
                page("a type in disguise", "<form><input name=u><input type='pass&#119;ord' name=p></form>", ""),
                page("a field of another form", "<form><input name=u form=g><input type=password name=p></form>", ""),
                page("a base elsewhere", "<base href='//cdn.example/'>" + FORM, ""),
                page("a base with a line end in it", "<base href='/\n/cdn.example/'>" + FORM, ""),
                page("a base with a control before it", "<base href='\u0001//cdn.example/'>" + FORM, ""),
                page("a base with a backslash", "<base href='/\\cdn.example/'>" + FORM, ""),
                page("a base like an origin", "<base href='https://shop.example.evil.example/'>" + FORM, ""),
                page("a base with a user", "<base href='https://shop.example@evil.example/'>" + FORM, ""),
                page("an action elsewhere", FORM.replace("\"login\"", "https://evil.example/"), ""),
                page("an action on any scheme", FORM.replace("\"login\"", "'//evil.example/'"), ""),
                page("an action with a line end in it", FORM.replace("\"login\"", "'/\n/evil.example/'"), ""),
                page("an action with a reference", FORM.replace("\"login\"", "'/&#47;evil.example/'"), ""),
                page("an action with a backslash", FORM.replace("\"login\"", "'/\\evil.example/'"), ""),
                page("an action with a scheme", FORM.replace("\"login\"", "'mailto:a'"), ""),
                page("an action like an origin", FORM.replace("\"login\"", "'https://shop.example.evil.example/'"), ""),
                page(
                        "a new password",
                        "<form><input name=u><input type=password autocomplete=new-password></form>",
                        ""),
                page("a base on plain http", "<base href='http://shop.example/'>" + FORM, ""),
                page(
                        "a policy without scripts",
                        "<meta http-equiv='content-security-policy' content=\"default-src 'none'\">" + FORM,
                        ""),
                page(
                        "the tag is there already",
                        "<form>" + FIELDS + "<script type=module src=/shop/passkey/passkey-form.js></script></form>",
                        ""));
    }

    private static String user() {
        return "<input autocomplete=\"username webauthn\" name=\"user\">";
    }

    private static Page page(String name, String html, String username) {
        return new Page(name, html, username, StandardCharsets.UTF_8);
    }
}
