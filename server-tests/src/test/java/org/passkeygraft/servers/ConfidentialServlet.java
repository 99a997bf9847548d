package org.passkeygraft.servers;

import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;

/** Asks for confidential transport by annotation only, as applications without a web.xml do. */
@WebServlet("/annotated")
@ServletSecurity(@HttpConstraint(transportGuarantee = TransportGuarantee.CONFIDENTIAL))
public final class ConfidentialServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
}
