using System.Text.Json;
using TaskGrain.Labels;

namespace TaskGrain.Tests.Labels;

public sealed class VocabularyTests
{
    private static readonly Vocabulary Words = new(["<GO>", "<END>", "[Something]", "holding", "cup"]);

    [Fact]
    public void A_caption_is_filled_with_END_to_14_ids_and_rare_words_become_Something()
    {
        Assert.Equal([3, 2, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], Words.Encode(["holding", "blue", "cup"]));
        Assert.Equal("holding [Something] cup", Words.Decode([0, 3, 2, 4, 1, 4]));
        Assert.Equal("", Words.Decode([1, 3]));
    }

    [Fact]
    public void A_caption_of_more_than_14_words_is_cut()
    {
        string[] fourteen = [.. Enumerable.Repeat("cup", 14)];
        Assert.Equal(Enumerable.Repeat(4, 14), Words.Encode(fourteen));
        Assert.Equal(Enumerable.Repeat(4, 14), Words.Encode([.. fourteen, "holding"]));
        Assert.Equal([3, 1, 1], Words.Encode(["holding"], 3));
    }

    [Fact]
    public void Words_that_occur_just_often_enough_are_kept()
    {
        string[][] captions =
        [
            ["a", "b", "b"],
            ["a", "c", "c", "c"],
        ];
        Assert.Equal(["c", "a", "b"], Vocabulary.Build(captions, rareCount: 1).Words.Skip(3));
        Assert.Equal(["c"], Vocabulary.Build(captions, rareCount: 2).Words.Skip(3));
        Assert.Empty(Vocabulary.Build(captions).Words.Skip(3));
    }

    [Fact]
    public void Json_is_the_plain_list()
    {
        string json = JsonSerializer.Serialize(Words);
        Assert.Equal(Words.Words, JsonSerializer.Deserialize<string[]>(json)!);
        Assert.Equal(Words.Words, JsonSerializer.Deserialize<Vocabulary>(json)!.Words);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Vocabulary>("[\"a\"]"));
        Assert.Throws<ArgumentException>(() => new Vocabulary(["<GO>", "<END>", "[Something]", "a", "a"]));
    }

    [Fact]
    public void An_id_that_is_no_word_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Words.Decode([3, 99]));
}
