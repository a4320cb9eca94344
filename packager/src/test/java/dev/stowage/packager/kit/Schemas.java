package dev.stowage.packager.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
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
}
