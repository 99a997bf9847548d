package org.passkeygraft.sample;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/** The administrator's page: who has an account. */
public final class AccountsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 50;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            AccountTable accounts = new AccountTable();
            request.setAttribute("total", accounts.count());
            request.setAttribute("accounts", accounts.first(SHOWN));
        } catch (SQLException e) {
            throw new ServletException("the accounts cannot be read", e);
        }
        request.getRequestDispatcher("/WEB-INF/jsp/accounts.jsp").forward(request, response);
    }
}
