using System.Text;
using TaskGrain.Labels;

namespace TaskGrain.Tests.Labels;

public sealed class SomethingSomethingV2Tests
{
    private static readonly Dictionary<string, object?> Good = Some.Record("1", Some.HoldingTemplate, "a red cup");

    [Theory]
    [InlineData("", "")]
    [InlineData("labels", "20bn-something-something-v2")]
    [InlineData("annotations", "videos")]
    public void The_official_layouts_are_read(string annotations, string videos)
    {
        using var folder = new V2Folder(annotations, videos);
        folder.Test(new { id = "4" });
        folder.Video("4");
        DataSet data = folder.Open();

        Assert.Empty(data.Problems);
        Assert.Equal(0, data.LeftOut);
        Assert.Same(Taxonomy.SomethingSomething, data.Taxonomy);
        Assert.Equal(["1", "2", "3", "4"], data.Annotations.Select(a => a.Id));
        Annotation first = data.Annotations[0];
        Assert.Equal(16, first.Category);
        Assert.Equal(["a red cup"], first.Placeholders);
        Assert.Equal("holding a red cup", first.Label);
        Assert.Equal($"{videos}/1.webm".TrimStart('/'), first.Media);
        Assert.True(File.Exists(data.MediaPath(first)));
        Assert.Equal([Split.Train, Split.Train, Split.Validation, Split.Test], data.Annotations.Select(a => a.Split));
        Assert.Equal(-1, data.Annotations[3].Category);
    }

    [Fact]
    public void The_newer_releases_bare_names_are_read()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("labels"));
        File.WriteAllText(folder.File("labels/train.json"), Some.JsonLines(Good));
        File.WriteAllText(
            folder.File("labels/validation.json"),
            Some.JsonLines(Some.Record("2", Some.HoldingTemplate, "cup"))
        );
        File.WriteAllText(folder.File("labels/test.json"), Some.JsonLines(new { id = "3" }));
        File.WriteAllText(folder.File("labels/labels.json"), """{"Holding something":"16"}""");
        File.WriteAllText(folder.File("labels/test-answers.csv"), "3;Pushing something from left to right\n");
        foreach (string id in new[] { "1", "2", "3" })
        {
            File.WriteAllText(folder.File($"{id}.webm"), "v");
        }

        DataSet data = DataSet.Open(folder.Path);
        Assert.Empty(data.Problems);
        Annotation test = Assert.Single(data.Of(Split.Test));
        Assert.Equal("Pushing [something] from left to right", data.Taxonomy.Categories[test.Category]);
        Assert.Empty(test.Placeholders);
    }

    public static TheoryData<string, DataProblemKind, string> BadRecords() =>
        new()
        {
            {
                """{"id":"9","label":"juggling pen","template":"Juggling [something]","placeholders":["pen"]}""",
                DataProblemKind.UnknownTemplate,
                "Juggling [something]"
            },
            {
                """{"id":"9","label":"x","template":"Holding [somthing]","placeholders":["pen"]}""",
                DataProblemKind.UnknownTemplate,
                "Perhaps 'Holding [something]' is meant"
            },
            {
                """{"id":"9","label":"holding","template":"Holding [something]","placeholders":[]}""",
                DataProblemKind.MissingPlaceholder,
                "1 bracket"
            },
            {
                """{"id":"9","label":"holding","template":"Holding [something]"}""",
                DataProblemKind.MissingPlaceholder,
                "0 placeholders"
            },
            {
                """{"id":"9","label":"holding","template":"Holding [something]","placeholders":[" "]}""",
                DataProblemKind.MissingPlaceholder,
                "holds no word"
            },
            {
                """{"id":"9","label":"holding a b","template":"Holding [something]","placeholders":["a","b"]}""",
                DataProblemKind.MissingPlaceholder,
                "2 placeholders"
            },
            {
                """{"id":"9","label":"holding cup behind","template":"Holding [something] behind [something]","""
                    + """ "placeholders":["cup"]}""",
                DataProblemKind.MissingPlaceholder,
                "2 brackets"
            },
            {
                """{"id":"9","label":"holding cup","template":"Holding [something]","placeholders":"cup"}""",
                DataProblemKind.BadRecord,
                "list of texts"
            },
            {
                """{"id":"9","label":"holding cup","template":"Holding [something]","placeholders":[3]}""",
                DataProblemKind.BadRecord,
                "the number 3"
            },
            {
                """{"id":"9","label":"holding cup","template":["Holding [something]"],"placeholders":["cup"]}""",
                DataProblemKind.BadRecord,
                "\"template\" is a list"
            },
            {
                """{"id":"9","label":"holding cup","placeholders":["cup"]}""",
                DataProblemKind.BadRecord,
                "no \"template\""
            },
            {
                """{"label":"holding cup","template":"Holding [something]","placeholders":["cup"]}""",
                DataProblemKind.BadRecord,
                "no \"id\""
            },
            {
                """{"id":"","label":"holding cup","template":"Holding [something]","placeholders":["cup"]}""",
                DataProblemKind.BadRecord,
                "\"id\" is empty"
            },
            {
                """{"id":null,"label":"holding cup","template":"Holding [something]","placeholders":["cup"]}""",
                DataProblemKind.BadRecord,
                "\"id\" is null"
            },
            {
                """{"id":"../9","label":"holding cup","template":"Holding [something]","placeholders":["cup"]}""",
                DataProblemKind.BadRecord,
                "cannot be the name of a video"
            },
            { """ "9" """, DataProblemKind.BadRecord, "an object in braces was expected" },
            { "null", DataProblemKind.BadRecord, "an object in braces was expected" },
            { "[]", DataProblemKind.BadRecord, "an object in braces was expected" },
            {
                """{"id":"1","label":"holding cup","template":"Holding [something]","placeholders":["cup"]}""",
                DataProblemKind.DuplicateId,
                "something-something-v2-train.json, record 1 (line 2)"
            },
            {
                """{"id":"77","label":"holding cup","template":"Holding [something]","placeholders":["cup"]}""",
                DataProblemKind.MissingMedia,
                "77.webm"
            },
            {
                """{"id":"0","label":"holding cup","template":"Holding [something]","placeholders":["cup"]}""",
                DataProblemKind.EmptyMedia,
                "0.webm is empty"
            },
            {
                """{"id":"9","label":"\ud800","template":"Holding [something]","placeholders":["cup"]}""",
                DataProblemKind.BadRecord,
                "not UTF-8"
            },
        };

    [Theory]
    [MemberData(nameof(BadRecords))]
    public void A_bad_record_is_left_out_and_named_and_the_others_go_on(
        string record,
        DataProblemKind kind,
        string words
    )
    {
        using var folder = new V2Folder();
        folder.Video("9", "4");
        folder.File("0.webm", "");
        folder.Write("train", $"[\n{Json(Good)},\n{record},\n{Json(Some.Record("4", Some.HoldingTemplate, "cup"))}\n]");
        DataSet data = folder.Open();

        DataProblem problem = Assert.Single(data.Problems);
        Assert.Equal(kind, problem.Kind);
        Assert.Equal("something-something-v2-train.json", problem.File);
        Assert.Equal(2, problem.Record);
        Assert.Equal(3, problem.Line);
        Assert.True(problem.LeavesOut);
        Assert.Contains(words, problem.ToString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(problem.Fix));
        Assert.Equal(1, data.LeftOut);
        Assert.Equal(["1", "4", "3"], data.Annotations.Select(a => a.Id));
    }

    [Fact]
    public void All_faults_of_one_record_are_reported_and_it_counts_once()
    {
        using var folder = new V2Folder();
        folder.Train(Good, Some.Record("88", "Juggling [something]", "pen"));
        DataSet data = folder.Open();
        Assert.Equal(
            [DataProblemKind.MissingMedia, DataProblemKind.UnknownTemplate],
            data.Problems.Select(p => p.Kind)
        );
        Assert.Equal(1, data.LeftOut);
    }

    [Fact]
    public void An_id_in_two_splits_is_a_duplicate_and_the_first_one_counts()
    {
        using var folder = new V2Folder();
        folder.Validation(Some.Record("1", Some.HoldingTemplate, "cup"), Some.Record("3", Some.HoldingTemplate, "cup"));
        DataSet data = folder.Open();
        DataProblem problem = Assert.Single(data.Problems);
        Assert.Equal(DataProblemKind.DuplicateId, problem.Kind);
        Assert.Contains("train split", problem.Reason, StringComparison.Ordinal);
        Assert.Equal("something-something-v2-validation.json, record 1 (line 2)", problem.Position);
        Assert.Equal(Split.Train, data.Annotations.Single(a => a.Id == "1").Split);
    }

    [Fact]
    public void A_bad_record_does_not_take_the_id_from_a_good_one()
    {
        using var folder = new V2Folder();
        folder.Train(Some.Record("1", "Juggling [something]", "cup"), Good);
        DataSet data = folder.Open();
        Assert.Equal(DataProblemKind.UnknownTemplate, Assert.Single(data.Problems).Kind);
        Assert.Equal(["1", "3"], data.Annotations.Select(a => a.Id));
    }

    [Fact]
    public void A_label_that_does_not_match_is_reported_and_the_record_stays()
    {
        using var folder = new V2Folder();
        folder.Train(
            Good.With("label", "holding a blue cup"),
            Some.Record("2", Some.HoldingTemplate, "Pen").With("label", "Holding  PEN.")
        );
        DataSet data = folder.Open();
        DataProblem problem = Assert.Single(data.Problems);
        Assert.Equal(DataProblemKind.LabelMismatch, problem.Kind);
        Assert.False(problem.LeavesOut);
        Assert.Equal(0, data.LeftOut);
        Assert.Equal(3, data.Annotations.Count);
    }

    [Fact]
    public void A_bracket_that_is_there_twice_may_be_described_once()
    {
        using var folder = new V2Folder();
        folder.Train(
            Good.With("template", "Tipping [something] with [something in it] over, so [something in it] falls out")
                .With("placeholders", new[] { "cup", "pens" })
                .Without("label")
        );
        DataSet data = folder.Open();
        Assert.Empty(data.Problems);
        Assert.Equal(["cup", "pens", "pens"], data.Annotations[0].Placeholders);
    }

    [Fact]
    public void Numbers_as_ids_and_unknown_keys_are_taken()
    {
        using var folder = new V2Folder();
        folder.Train(Good.With("id", 1).With("note", new { a = 1 }));
        Assert.Equal("1", folder.Open().Annotations[0].Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void One_long_line_and_a_byte_order_mark_are_fine(string mark)
    {
        using var folder = new V2Folder();
        folder.Write("train", mark + Some.JsonLines(Good, "bad").Replace("\n", "", StringComparison.Ordinal));
        DataSet data = folder.Open();
        Assert.Equal(2, data.Annotations.Count);
        Assert.Equal((2, 1), (data.Problems[0].Record, data.Problems[0].Line));
    }

    [Theory]
    [InlineData("{\"id\": \"1\"}", "a list of records")]
    [InlineData("[{\"id\":\"1\",", "not valid JSON near line 1")]
    [InlineData("", "the file is empty")]
    [InlineData("id;label\n1;x\n", "not valid JSON")]
    [InlineData("\"text\"", "a list of records")]
    public void A_file_that_is_no_list_stops_the_reading_and_is_named(string content, string words)
    {
        using var folder = new V2Folder();
        folder.Write("train", content);
        string message = Assert.Throws<TaskGrainException>(folder.Open).Message;
        Assert.Contains("something-something-v2-train.json", message, StringComparison.Ordinal);
        Assert.Contains(words, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_short_says_how_far_it_was_good()
    {
        using var folder = new V2Folder();
        string whole = Some.JsonLines(Good, Some.Record("2", Some.HoldingTemplate, "cup"));
        folder.Write("train", whole[..(whole.Length - 20)]);
        string message = Assert.Throws<TaskGrainException>(folder.Open).Message;
        Assert.Contains("near line 3, after 1 good record", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_straddle_the_reading_buffer_keep_their_numbers_and_lines()
    {
        using var folder = new V2Folder();
        object?[] records =
        [
            .. Enumerable
                .Range(0, 5000)
                .Select(i =>
                    i == 4321 ? (object)i : Some.Record($"n{i}", Some.HoldingTemplate, new string('x', i % 300) + "cup")
                ),
        ];
        folder.Train(records);
        DataSet data = DataSet.Open(folder.Path, new DataSetOptions { RequireMedia = false });
        DataProblem problem = Assert.Single(data.Problems);
        Assert.Equal((4322, 4323), (problem.Record, problem.Line));
        Assert.Equal(4999, data.Of(Split.Train).Count());
        Assert.Equal("n4999", data.Of(Split.Train).Last().Id);
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_a_fault_of_its_record()
    {
        using var folder = new V2Folder();
        byte[] bytes = Encoding.Latin1.GetBytes(
            Some.JsonLines(Good).Replace("]\n", "", StringComparison.Ordinal).TrimEnd()
                + ",\n{\"id\":\"2\",\"template\":\"Holding [something]\",\"placeholders\":[\"caf\u00e9\"]}\n]"
        );
        File.WriteAllBytes(Path.Combine(folder.Path, "something-something-v2-train.json"), bytes);
        DataSet data = folder.Open();
        Assert.Contains("UTF-8", Assert.Single(data.Problems).Reason, StringComparison.Ordinal);
        Assert.Equal(["1", "3"], data.Annotations.Select(a => a.Id));
    }

    [Fact]
    public void Answers_of_the_test_split_that_fit_no_clip_are_reported()
    {
        using var folder = new V2Folder();
        folder.Test(new { id = "4" }, new { id = "5" });
        folder.Video("4", "5");
        folder.File(
            "something-something-v2-test-answers.csv",
            "4;Holding something\n6;Holding something\nno template\n"
        );
        DataSet data = folder.Open();
        Assert.Equal([16, -1], data.Of(Split.Test).Select(a => a.Category));
        Assert.Equal(
            [
                "something-something-v2-test-answers.csv, record 3 (line 3)",
                "something-something-v2-test-answers.csv, record 2 (line 2)",
            ],
            data.Problems.Select(p => p.Position)
        );
        Assert.Equal(0, data.LeftOut);
    }

    [Fact]
    public void A_list_of_labels_with_categories_of_its_own_is_used()
    {
        using var folder = new V2Folder();
        folder.Write("labels", """{"Juggling something":"1","Holding something":"0"}""");
        folder.Train(Good, Some.Record("2", "Juggling [something]", "two balls"));
        DataSet data = folder.Open();
        Assert.Equal(["Holding [something]", "Juggling [something]"], data.Taxonomy.Categories);
        Assert.Equal(["Holding something", "Juggling [something]"], data.Taxonomy.Groups);
        Assert.Equal(DataProblemKind.LabelList, Assert.Single(data.Problems).Kind);
        Assert.Equal(
            "juggling balls",
            string.Join(' ', new CaptionTargets(data.Taxonomy).Simplified(data.Annotations[1]))
        );
    }

    [Fact]
    public void A_broken_list_of_labels_is_reported_and_the_official_one_used()
    {
        using var folder = new V2Folder();
        folder.Write("labels", "{");
        DataSet data = folder.Open();
        Assert.Equal(DataProblemKind.LabelList, Assert.Single(data.Problems).Kind);
        Assert.Same(Taxonomy.SomethingSomething, data.Taxonomy);
    }

    [Fact]
    public void Annotations_without_any_video_say_where_videos_are_looked_for()
    {
        using var folder = new V2Folder();
        foreach (string video in Directory.GetFiles(folder.Path, "*.webm"))
        {
            File.Delete(video);
        }

        Assert.Contains(
            "20bn-something-something-v2",
            Assert.Throws<TaskGrainException>(folder.Open).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(3, DataSet.Open(folder.Path, new DataSetOptions { RequireMedia = false }).Annotations.Count);
    }

    [Fact]
    public void Nothing_usable_is_an_error_with_the_first_reasons()
    {
        using var folder = new V2Folder();
        folder.Train("a", "b");
        folder.Validation();
        string message = Assert.Throws<TaskGrainException>(folder.Open).Message;
        Assert.Contains("not one usable record; 2 were left out", message, StringComparison.Ordinal);
        Assert.Contains("record 1 (line 2)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_split_is_reported()
    {
        using var folder = new V2Folder();
        File.Delete(Path.Combine(folder.Path, "something-something-v2-validation.json"));
        DataProblem problem = Assert.Single(folder.Open().Problems);
        Assert.Equal(
            (DataProblemKind.MissingSplit, "something-something-v2-validation.json"),
            (problem.Kind, problem.File)
        );
    }

    [Fact]
    public void A_link_that_points_nowhere_is_a_missing_video()
    {
        using var folder = new V2Folder();
        File.Delete(Path.Combine(folder.Path, "2.webm"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "2.webm"), "/nowhere/2.webm");
        File.Move(Path.Combine(folder.Path, "1.webm"), Path.Combine(folder.Path, "elsewhere"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "1.webm"), Path.Combine(folder.Path, "elsewhere"));
        DataSet data = folder.Open();
        Assert.Equal((DataProblemKind.MissingMedia, "2"), (data.Problems[0].Kind, data.Problems[0].Id));
        Assert.Equal(["1", "3"], data.Annotations.Select(a => a.Id));
    }

    private static string Json<T>(T record) => System.Text.Json.JsonSerializer.Serialize(record);
}
