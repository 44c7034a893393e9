package dev.ringside.training.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentPathTest {
    private final ObjectNode document = Spaces.document(
            "model: {kind: network}\nfeatures: [{name: age}, {name: hours, representation: {kind: quantiles}}]\n");

    private String after(String path) {
        DocumentPath.parse(path).set(document, IntNode.valueOf(7));
        return Json.write(document);
    }

    @Test
    void aValueIsPutAtAFieldThatIsNotThereYet() {
        assertTrue(after("model.batch").contains("\"model\":{\"kind\":\"network\",\"batch\":7}"));
    }

    @Test
    void aValueIsPutIntoAnElementOfAListByPlaceOrByName() {
        assertEquals(after("features[1].representation.bins"), after("features[hours].representation.bins"));
        assertEquals(
                7,
                DocumentPath.parse("features[1].representation.bins")
                        .in(document)
                        .intValue());
    }

    @Test
    void mappingsOnTheWayAreMade() {
        assertTrue(after("features[age].representation.bins")
                .contains("{\"name\":\"age\",\"representation\":{\"bins\":7}}"));
    }

    @Test
    void anElementThatIsNotThereIsRefused() {
        InvalidInput refused = assertThrows(InvalidInput.class, () -> after("features[2].bins"));
        assertEquals("features[2].bins", refused.field());
        assertThrows(InvalidInput.class, () -> after("features[height].bins"));
        assertThrows(InvalidInput.class, () -> after("model.kind.sort"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "[0]", "a[", "a[]", "a]", "a.", "a[1"})
    void whatIsNoPathIsRefused(String text) {
        assertThrows(InvalidInput.class, () -> DocumentPath.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed", "model.learning_rate", "features[2].representation.bins", "features[age].bins"})
    void aPathIsWrittenAsItWasRead(String text) {
        assertEquals(text, DocumentPath.parse(text).toString());
    }

    @Test
    void pathsMeetWhereOneLeadsThroughTheOther() {
        assertTrue(DocumentPath.parse("model").meets(DocumentPath.parse("model.hidden")));
        assertTrue(DocumentPath.parse("model.hidden").meets(DocumentPath.parse("model")));
        assertFalse(DocumentPath.parse("model.hidden").meets(DocumentPath.parse("model.dropout")));
    }
}
