using System.IO.Compression;
using TaskGrain.WordNetCompiler;

// Usage: dotnet run --project tools/WordNetCompiler [FOLDER OF WORDNET] [FILE TO WRITE]
// Compiles WordNet 3.0 (Debian's wordnet-base, or Princeton's dict folder) into the library's embedded resource.
string folder = args.Length > 0 ? args[0] : "/usr/share/wordnet";
string target = args.Length > 1 ? args[1] : "src/TaskGrain.Metrics/Meteor/WordNet.bin.br";
if (args.Length > 2 || !File.Exists(Path.Combine(folder, "index.noun")))
{
    Console.Error.WriteLine(
        $"{folder}: no WordNet 3.0 here (index.noun is missing). On Debian: apt-get install wordnet-base"
    );
    Console.Error.WriteLine("Usage: dotnet run --project tools/WordNetCompiler [FOLDER OF WORDNET] [FILE TO WRITE]");
    return 2;
}

try
{
    WordNetSource source = WordNetSource.Read(folder);
    byte[] data = WordNetWriter.Write(source);
    string temporary = target + ".tmp";
    using (FileStream file = File.Create(temporary))
    using (var packed = new BrotliStream(file, new BrotliCompressionOptions { Quality = 11 }))
    {
        packed.Write(data);
    }

    File.Move(temporary, target, overwrite: true);
    Console.WriteLine(
        $"{target}: {source.Lemmas.Count} lemmas, {source.Exceptions.Count} irregular forms, {data.Length} bytes "
            + $"packed into {new FileInfo(target).Length}"
    );
    return 0;
}
catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
{
    Console.Error.WriteLine(fault.Message);
    return 1;
}
