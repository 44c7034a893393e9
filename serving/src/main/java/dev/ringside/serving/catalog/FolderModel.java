package dev.ringside.serving.catalog;

import java.util.List;
import java.util.Map;

/**
 * A model whose versions are files in a folder. Each takes and gives what its file says.
 *
 * @param name the model
 * @param preferred versions, of which the first that answers is asked where a request names none
 * @param versions all of its versions, by name
 */
public record FolderModel(String name, List<String> preferred, Map<String, ModelFile> versions) {
    /** Copies the collections. */
    public FolderModel {
        preferred = List.copyOf(preferred);
        versions = Map.copyOf(versions);
    }
}
