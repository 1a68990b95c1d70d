using TaskGrain.Labels;

namespace TaskGrain.Tests.Labels;

public sealed class SomethingSomethingV1Tests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("20bn-something-something-v1")]
    [InlineData("frames")]
    [InlineData("")]
    public void Rows_and_frame_folders_are_read(string place)
    {
        Write("train", "1;Holding something\n2;\"Lifting something up completely, then letting it drop down\"\r\n");
        Write("validation", "3;holding something\n");
        Write("test", "4\n");
        Write("labels", "Holding something\nLifting something up completely, then letting it drop down\n");
        Frames(place, "1", "2", "3", "4");
        DataSet data = DataSet.Open(_folder.Path);

        Assert.Empty(data.Problems);
        Assert.Equal(["1", "2", "3", "4"], data.Annotations.Select(a => a.Id));
        Assert.Equal([16, 26, 16, -1], data.Annotations.Select(a => a.Category));
        Assert.Equal($"{place}/1".TrimStart('/'), data.Annotations[0].Media);
        Assert.True(Directory.Exists(data.MediaPath(data.Annotations[0])));
        Assert.False(data.HasCaptions);
        Assert.Equal(Split.Validation, data.Annotations[2].Split);
    }

    [Fact]
    public void Bad_rows_are_named_by_line_and_the_others_go_on()
    {
        Write(
            "train",
            "1;Holding something\n\n2;Juggling something\n3\n;Holding something\n1;Holding something\n4;Holding "
                + "something\n5;Holding something\n6,Holding something\n7;Holding something\n"
        );
        Write("validation", "7;Holding something\n");
        Frames("frames", "1", "2", "3", "5", "7");
        Directory.CreateDirectory(_folder.File("frames/4"));
        File.WriteAllText(_folder.File("frames/4/readme.txt"), "x");
        Directory.CreateDirectory(_folder.File("frames/6"));
        DataSet data = DataSet.Open(_folder.Path);

        Assert.Equal(["1", "5", "7"], data.Annotations.Select(a => a.Id));
        Assert.Equal(7, data.LeftOut);
        (int?, DataProblemKind)[] expected =
        [
            (4, DataProblemKind.BadRecord),
            (5, DataProblemKind.BadRecord),
            (9, DataProblemKind.BadRecord),
            (3, DataProblemKind.UnknownTemplate),
            (6, DataProblemKind.DuplicateId),
            (7, DataProblemKind.EmptyMedia),
            (1, DataProblemKind.DuplicateId),
        ];
        Assert.Equal(expected, data.Problems.Select(p => (p.Line, p.Kind)));
        Assert.All(data.Problems, problem => Assert.True(problem.LeavesOut));
        Assert.Contains("semicolon", data.Problems[2].Fix, StringComparison.Ordinal);
    }

    private void Write(string part, string text) =>
        File.WriteAllText(_folder.File($"something-something-v1-{part}.csv"), text);

    private void Frames(string place, params string[] ids)
    {
        foreach (string id in ids)
        {
            string folder = _folder.File(Path.Combine(place, id));
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "00001.jpg"), "jpeg");
        }
    }
}
