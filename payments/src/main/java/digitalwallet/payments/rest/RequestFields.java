package digitalwallet.payments.rest;

import digitalwallet.json.Json;
import digitalwallet.json.MalformedJsonException;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.InvalidAmountException;
import digitalwallet.money.Money;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** The body of a request, read strictly: nothing unknown, nothing twice, numbers as written. */
final class RequestFields {

    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final int DEPTH_MAX = 8;
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9._:@-]{1,64}");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,64}");

    private final Map<String, Json.Value> values;

    private RequestFields(Map<String, Json.Value> values) {
        this.values = values;
    }

    /**
     * The fields of the request's body.
     *
     * @throws ProblemException when it is no such object, or has another field
     */
    static RequestFields of(HttpServletRequest request, Set<String> allowed) {
        requireJson(request);
        var fields = object(body(request));
        for (var name : fields.keySet()) {
            if (!allowed.contains(name)) {
                throw new ProblemException(
                        ProblemCode.UNKNOWN_FIELD,
                        "there is no field " + name.substring(0, Math.min(64, name.length())));
            }
        }
        return new RequestFields(fields);
    }

    static byte[] body(HttpServletRequest request) {
        try {
            var body = request.getInputStream().readNBytes(BODY_BYTES_MAX + 1);
            if (body.length > BODY_BYTES_MAX) {
                throw new ProblemException(ProblemCode.BODY_TOO_LARGE, "a body has at most 64 KiB");
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Json.Value> object(byte[] body) {
        try {
            return Json.readObject(body, DEPTH_MAX).values();
        } catch (MalformedJsonException e) {
            var word = e.reason().name();
            throw new ProblemException(ProblemCode.valueOf(word), e.sentence());
        }
    }

    private static void requireJson(HttpServletRequest request) {
        try {
            var type = request.getContentType();
            if (type != null
                    && request.getHeader("Content-Encoding") == null
                    && MediaType.parseMediaType(type)
                            .equalsTypeAndSubtype(MediaType.APPLICATION_JSON)) {
                return;
            }
        } catch (InvalidMediaTypeException _) {
            // Refused below, as any other type.
        }
        throw new ProblemException(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE, "bodies are application/json in UTF-8");
    }

    String identifier(String name) {
        var text = optionalIdentifier(name);
        if (text == null) {
            throw new ProblemException(ProblemCode.MISSING_FIELD, name + " is missing");
        }
        return text;
    }

    @Nullable String optionalIdentifier(String name) {
        var text =
                switch (values.get(name)) {
                    case null -> null;
                    case Json.Nothing _ -> null;
                    case Json.Text(var given) -> given;
                    case Json.Numeral(var literal) when WHOLE.matcher(literal).matches() -> literal;
                    case Json.Numeral _, Json.Flag _, Json.Items _, Json.Members _ -> "";
                };
        if (text != null && !IDENTIFIER.matcher(text).matches()) {
            throw new ProblemException(
                    ProblemCode.INVALID_IDENTIFIER,
                    name + " is 1 to 64 characters of A-Z, a-z, 0-9 and . _ : @ -");
        }
        return text;
    }

    CurrencyCode currency(CurrencyCode usual) {
        return switch (values.get("currency")) {
            case null -> usual;
            case Json.Nothing _ -> usual;
            case Json.Text(var code) ->
                    CurrencyCode.find(code).orElseThrow(RequestFields::unknownCurrency);
            case Json.Numeral _, Json.Flag _, Json.Items _, Json.Members _ ->
                    throw unknownCurrency();
        };
    }

    private static ProblemException unknownCurrency() {
        return new ProblemException(
                ProblemCode.UNKNOWN_CURRENCY, "currencies are those of ISO 4217, such as USD");
    }

    Money amount(CurrencyCode currency) {
        var text =
                switch (values.get("amount")) {
                    case null ->
                            throw new ProblemException(
                                    ProblemCode.MISSING_FIELD, "amount is missing");
                    case Json.Text(var given) -> given;
                    case Json.Numeral(var literal) -> literal;
                    case Json.Nothing _, Json.Flag _, Json.Items _, Json.Members _ -> "";
                };
        try {
            return Money.parse(text, currency);
        } catch (InvalidAmountException e) {
            throw new ProblemException(
                    ProblemCode.valueOf(e.code().toUpperCase(Locale.ROOT)),
                    String.valueOf(e.getMessage()));
        }
    }
}
