package org.passkeygraft;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a user can be reached beside the browser: a mobile number or an e-mail address.
 *
 * @param address E.164 for a number, such as {@code +491701234567}; for e-mail the plain address, in ASCII
 */
public record Contact(Kind kind, String address) {
    private static final int LONGEST = 254;
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{7,14}");
    private static final Pattern BETWEEN_DIGITS = Pattern.compile("[\\s()./-]");
    private static final Pattern E_MAIL =
            Pattern.compile("(?=.{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    public Contact {
        if (!kind.fits(address)) {
            throw new IllegalArgumentException("not an address of kind " + kind);
        }
    }

    /** How a user is reached. */
    public enum Kind {
        MOBILE,
        EMAIL;

        /** How the database and forms spell it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> labelled(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label().equals(label))
                    .findFirst();
        }

        private boolean fits(String address) {
            return switch (this) {
                case MOBILE -> E164.matcher(address).matches();
                case EMAIL ->
                    address.length() <= LONGEST && E_MAIL.matcher(address).matches();
            };
        }
    }

    /** What somebody typed: a number in international form, blanks and dashes as they like, or an e-mail address. */
    public static Optional<Contact> parse(String typed) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        String address = typed.strip();
        Kind kind = address.contains("@") ? Kind.EMAIL : Kind.MOBILE;
        String plain =
                kind == Kind.EMAIL ? address : BETWEEN_DIGITS.matcher(address).replaceAll("");
        return kind.fits(plain) ? Optional.of(new Contact(kind, plain)) : Optional.empty();
    }

    /** Enough to recognise an own address by, and too little to learn another's: {@code +49 ••• ••42}. */
    public String masked() {
        return switch (kind) {
            case MOBILE -> address.substring(0, 3) + " ••• ••" + address.substring(address.length() - 2);
            case EMAIL -> address.charAt(0) + "•••" + address.substring(address.indexOf('@'));
        };
    }

    /** Never in full in a log. */
    @Override
    public String toString() {
        return "Contact[" + masked() + "]";
    }
}
