package dev.stowage.packager.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.stowage.packager.record.Json;
import java.util.List;

/** JSON against the committed schemas. */
public final class Schemas {
  private Schemas() {}

  /**
   * What does not fit; empty when all does.
   *
   * @param beside class in whose package the schema lies
   * @param name the schema's file name
   */
  public static List<String> errors(Class<?> beside, String name, JsonNode json) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Text.resource(beside, name))
        .validate(json)
        .stream()
        .map(Object::toString)
        .toList();
  }

  /**
   * A record fits its schema, and no longer does so without one of its keys, with another type of
   * value, or with a further key: a schema that takes anything proves nothing.
   */
  public static void assertFits(Class<?> beside, String name, String text) {
    assertThat(errors(beside, name, Json.tree(text))).as(text).isEmpty();
    Json.tree(text)
        .fieldNames()
        .forEachRemaining(
            key -> {
              ObjectNode without = (ObjectNode) Json.tree(text);
              without.remove(key);
              assertThat(errors(beside, name, without)).as("without " + key).isNotEmpty();
              ObjectNode other = (ObjectNode) Json.tree(text);
              other.set(key, other.get(key).isArray() ? other.objectNode() : other.arrayNode());
              assertThat(errors(beside, name, other)).as("other " + key).isNotEmpty();
            });
    ObjectNode more = (ObjectNode) Json.tree(text);
    more.put("more", 1);
    assertThat(errors(beside, name, more)).isNotEmpty();
  }
}
