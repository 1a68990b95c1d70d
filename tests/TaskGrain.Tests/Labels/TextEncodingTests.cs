using System.Text;
using TaskGrain.Labels;

namespace TaskGrain.Tests.Labels;

/// <summary>Every file of a data set may be UTF-8 with and without a byte order mark, or UTF-16 with one.</summary>
public sealed class TextEncodingTests
{
    public static TheoryData<string> Encodings => ["utf-8", "utf-8 with a mark", "utf-16", "utf-16, big end first"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Something_Something_V2_is_read(string encoding)
    {
        using var folder = new V2Folder();
        folder.Write("labels", """{"Juggling something":"1","Holding something":"0"}""");
        folder.Train(Some.Record("2", "Juggling [something]", "two caf\u00e9 balls"));
        folder.Test(new { id = "3x" });
        folder.File("something-something-v2-test-answers.csv", "3x;Holding something\n");
        folder.Video("3x");
        Rewrite(folder.Path, encoding, "*.json", "*.csv");

        DataSet data = folder.Open();

        Assert.Equal(["Holding [something]", "Juggling [something]"], data.Taxonomy.Categories);
        Assert.Equal(["two caf\u00e9 balls"], data.Annotations[0].Placeholders);
        Assert.Equal([1, 0, 0], data.Annotations.Select(a => a.Category));
        Assert.Equal(0, data.LeftOut);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Something_Something_V1_is_read(string encoding)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("something-something-v1-train.csv"), "1;Holding something\n");
        File.WriteAllText(folder.File("something-something-v1-validation.csv"), "2;Holding something\n");
        File.WriteAllText(folder.File("something-something-v1-labels.csv"), "Holding something\n");
        foreach (string id in (string[])["1", "2"])
        {
            Directory.CreateDirectory(folder.File(id));
            File.WriteAllText(folder.File($"{id}/00001.jpg"), "x");
        }

        Rewrite(folder.Path, encoding, "*.csv");

        DataSet data = DataSet.Open(folder.Path);

        Assert.Equal(["1", "2"], data.Annotations.Select(a => a.Id));
        Assert.Empty(data.Problems);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void The_labels_of_a_store_are_read(string encoding)
    {
        using var folder = new V2Folder();
        DataSet data = folder.Open();
        using var store = new TemporaryFolder();
        data.Save(store.File("dataset.json"));
        Rewrite(store.Path, encoding, "*.json");

        Assert.Equal(data.Annotations, DataSet.Load(store.File("dataset.json")).Annotations);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Captions_to_be_measured_are_read(string encoding)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("hypotheses.txt"), "caf\u00e9 au lait\nb\n");
        File.WriteAllText(folder.File("hypotheses.json"), """[{"image_id":1,"caption":"caf\u00e9"}]""");
        File.WriteAllText(folder.File("references.json"), """{"annotations":[{"image_id":1,"caption":"a cup"}]}""");
        Rewrite(folder.Path, encoding, "*");

        string text = folder.File("hypotheses.txt");
        Assert.Equal(["caf\u00e9 au lait", "b"], TaskGrain.Metrics.CaptionTextFiles.Read([text], text).Hypotheses);
        Assert.Equal(
            ["caf\u00e9"],
            TaskGrain
                .Metrics.CocoCaptionFiles.Read([folder.File("references.json")], folder.File("hypotheses.json"))
                .Hypotheses
        );
    }

    [Fact]
    public void A_label_list_that_cannot_be_read_is_named_first_when_nothing_is_usable()
    {
        using var folder = new V2Folder();
        folder.Write("labels", "{");
        folder.Train(Some.Record("1", "Juggling [something]", "ball"), Some.Record("2", "Juggling [something]", "cup"));
        folder.Validation(Some.Record("3", "Juggling [something]", "ball"));

        string message = Assert.Throws<TaskGrainException>(folder.Open).Message;

        // "…: not one usable record; 3 were left out: FIRST; SECOND; …"
        string first = message.Split("; ")[1];
        Assert.Contains("label list cannot be read", first, StringComparison.Ordinal);
    }

    private static void Rewrite(string folder, string encoding, params string[] patterns)
    {
        Encoding to = encoding switch
        {
            "utf-8" => new UTF8Encoding(false),
            "utf-8 with a mark" => new UTF8Encoding(true),
            "utf-16" => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
            _ => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
        };
        foreach (string file in patterns.SelectMany(pattern => Directory.GetFiles(folder, pattern)))
        {
            File.WriteAllText(file, File.ReadAllText(file), to);
        }
    }
}
