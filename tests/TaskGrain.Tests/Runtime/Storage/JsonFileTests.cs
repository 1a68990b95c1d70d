using TaskGrain.Runtime.Storage;

namespace TaskGrain.Tests.Runtime.Storage;

public sealed class JsonFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Somewhere => Path.Combine(_folder.Path, "below", "record.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ARecordIsReadBackFromAFolderThatWasMissing()
    {
        JsonFile.Write(Somewhere, new Record("fold", 3));
        Assert.Equal(new Record("fold", 3), JsonFile.Read<Record>(Somewhere, "a record"));
        Assert.Equal(new Record("fold", 3), JsonFile.ReadKnown<Record>(Somewhere));
    }

    [Theory]
    [InlineData("{\"name\": \"fold\", \"count\": \"three\"}", "$.count")]
    [InlineData("{\"name\": \"fold\",\n\"count\": }", "line 2")]
    [InlineData("{\"name\": \"fold\", \"count\": 1, \"colour\": 2}", "colour")]
    [InlineData("null", "empty")]
    public void AFileThatHoldsSomethingElseIsNamedWithWhatIsWrong(string text, string wrong)
    {
        AtomicFile.WriteText(Somewhere, text);
        TaskGrainException fault = Assert.Throws<TaskGrainException>(() =>
            JsonFile.Read<Record>(Somewhere, "a record")
        );
        Assert.Contains(Somewhere, fault.Message, StringComparison.Ordinal);
        Assert.Contains("a record", fault.Message, StringComparison.Ordinal);
        Assert.Contains(wrong, fault.Message, StringComparison.Ordinal);
        Assert.Null(JsonFile.ReadKnown<Record>(Somewhere));
    }

    [Fact]
    public void AMissingFileIsNamedWhereItIsNeededAndNothingWhereItIsNot()
    {
        TaskGrainException fault = Assert.Throws<TaskGrainException>(() =>
            JsonFile.Read<Record>(Somewhere, "a record")
        );
        Assert.Contains(Somewhere, fault.Message, StringComparison.Ordinal);
        Assert.Null(JsonFile.ReadKnown<Record>(Somewhere));
    }

    private sealed record Record(string Name, int Count);
}
