using TaskGrain.Data;
using TaskGrain.Inference;
using TaskGrain.Models;
using TaskGrain.Tests.Transfer.Teaching;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Tests.Transfer;

/// <summary>
/// Runs beside no other test: the example's file names are relative, and the current folder is the process's.
/// </summary>
[CollectionDefinition(nameof(CurrentFolderCollection), DisableParallelization = true)]
public sealed class CurrentFolderCollection;

/// <summary>The example that the documentation shows, compiled and run.</summary>
[Collection(nameof(CurrentFolderCollection))]
public sealed class LibraryExampleTests
{
    [Fact]
    public void The_documented_example_teaches_and_predicts()
    {
        using var folder = new TemporaryFolder();
        using (VideoModel small = TinyModels.Create())
        {
            ModelFile.Save(folder.File("model.safetensors"), small);
        }

        ColouredClips.Folder(folder.File("my-clips"), classes: 2, clips: 3);
        ColouredClips.Clip(folder.File("new-clip.mp4"), colour: 0, seed: 321);
        string before = Directory.GetCurrentDirectory();
        try
        {
            Directory.SetCurrentDirectory(folder.Path);
            Assert.Equal("red", Example());
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    [Fact]
    public void The_documentation_shows_this_very_example()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "TaskGrain.slnx")))
        {
            root = root.Parent;
        }

        Assert.SkipWhen(root is null, "the sources are not on this machine");
        string[] source = File.ReadAllLines(
            Path.Combine(root!.FullName, "tests/TaskGrain.Tests/Transfer/LibraryExampleTests.cs")
        );
        IEnumerable<string> example = source
            .SkipWhile(line => line.Trim() != "// The example:")
            .Skip(1)
            .TakeWhile(line => !line.Contains("return ", StringComparison.Ordinal))
            .Select(line => line.Length > 8 ? line[8..] : "");

        string shown = $"```csharp\n{string.Join('\n', example)}\n```";
        foreach (string page in new[] { "README.md", "docs/transfer.md" })
        {
            Assert.Contains(shown, File.ReadAllText(Path.Combine(root.FullName, page)), StringComparison.Ordinal);
        }
    }

    private static string Example()
    {
        // The example:
        using var model = VideoModel.Load("model.safetensors");
        var clips = ClipFolder.Scan("my-clips"); // one subfolder for each class, two clips or more in it
        using var taught = Teacher.Teach(model, clips);
        Console.WriteLine($"expected accuracy {taught.Report.ExpectedAccuracy:P0}"); // measured on held-out clips
        taught.Model.Save("mine.safetensors");

        using var mine = VideoPredictor.Open("mine.safetensors");
        Prediction prediction = mine.Predict("new-clip.mp4");
        Console.WriteLine($"{prediction.Top[0].Name}: {prediction.Top[0].Probability:P0}");
        return prediction.Top[0].Name;
    }
}
