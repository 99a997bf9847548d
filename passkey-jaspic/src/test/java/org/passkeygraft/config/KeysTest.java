package org.passkeygraft.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void noDeclaredKeyIsForgotten() throws IllegalAccessException {
        List<Object> declared = new ArrayList<>();
        for (Field field : Keys.class.getDeclaredFields()) {
            if (field.getType() == Key.class) {
                declared.add(field.get(null));
            }
        }

        assertThat(Keys.all()).hasSameElementsAs(cast(declared)).doesNotHaveDuplicates();
    }

    @Test
    void noTwoKeysShareAnEnvironmentVariable() {
        assertThat(Keys.all().stream().map(Key::environmentName)).doesNotHaveDuplicates();
    }

    @Test
    void everyExampleAndEveryDefaultIsValid() {
        assertThat(Keys.all()).allSatisfy(key -> {
            assertThatCode(() -> key.parser().parse(key.example())).doesNotThrowAnyException();
            assertThatCode(() -> {
                        if (key.defaultText().isPresent()) {
                            key.parser().parse(key.defaultText().get());
                        }
                    })
                    .doesNotThrowAnyException();
        });
    }

    private static List<Key<?>> cast(List<Object> keys) {
        List<Key<?>> typed = new ArrayList<>();
        keys.forEach(key -> typed.add((Key<?>) key));
        return typed;
    }
}
