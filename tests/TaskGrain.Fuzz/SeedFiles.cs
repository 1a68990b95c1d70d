namespace TaskGrain.Fuzz;

/// <summary>Sound files of the tests, which lie beside the program.</summary>
internal static class SeedFiles
{
    /// <summary>The bytes of a file of the tests' references.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "seeds", name));
}
