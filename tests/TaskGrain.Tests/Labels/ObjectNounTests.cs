using TaskGrain.Labels;

namespace TaskGrain.Tests.Labels;

public sealed class ObjectNounTests
{
    private static readonly CaptionTargets Targets = new(Taxonomy.SomethingSomething);

    [Theory]
    [InlineData("a blue plastic cap", "cap")] // paper, Table 5
    [InlineData("a men,s short sleeve shirt", "shirt")] // paper, Table 5
    [InlineData("potato", "potato")]
    [InlineData("vicks vaporub bottle", "bottle")]
    [InlineData("A Red CUP.", "cup")]
    [InlineData("my keyring", "keyring")]
    [InlineData("the ring", "ring")]
    [InlineData("small white painting", "painting")]
    [InlineData("tv remote", "remote")]
    [InlineData("t-shirt", "tshirt")]
    [InlineData("toy train", "train")]
    [InlineData("zxqv", "zxqv")]
    [InlineData("empty can", "can")]
    [InlineData("home made bread", "bread")]
    [InlineData("left over rice", "rice")]
    [InlineData("a standing fan", "fan")]
    [InlineData("pen(s)", "pen")]
    [InlineData("vitamin c", "vitamin")]
    [InlineData("paper and pen", "pen")]
    public void The_last_noun_of_a_plain_description(string placeholder, string noun) =>
        Assert.Equal(noun, Targets.Simplify(placeholder));

    [Theory]
    [InlineData("two glasses of water", "glasses")]
    [InlineData("pen on paper", "pen")]
    [InlineData("a bottle with water in it", "bottle")]
    [InlineData("box full of pens", "box")]
    [InlineData("a can of coke", "can")]
    [InlineData("box made of wood", "box")]
    [InlineData("bottle lying on its side", "bottle")]
    [InlineData("a cup that is red", "cup")]
    [InlineData("a toy for my dog", "toy")]
    [InlineData("lid of a jar", "lid")]
    [InlineData("remote control of the television", "control")]
    [InlineData("box containing matches", "box")]
    [InlineData("a coin similar to other coins that are already on the table", "coin")]
    public void What_follows_a_preposition_is_another_object(string placeholder, string noun) =>
        Assert.Equal(noun, Targets.Simplify(placeholder));

    [Theory]
    [InlineData("a piece of paper", "paper")]
    [InlineData("a pair of scissors", "scissors")]
    [InlineData("three small pieces of white paper on a table", "paper")]
    [InlineData("a bunch of old keys", "keys")]
    [InlineData("one of many similar coins on the table", "coins")]
    [InlineData("two of my books", "books")]
    [InlineData("a lot of coins", "coins")]
    [InlineData("a sheet of a4 paper", "paper")]
    [InlineData("stack of cards", "cards")]
    public void A_measure_gives_way_to_what_it_measures(string placeholder, string noun) =>
        Assert.Equal(noun, Targets.Simplify(placeholder));

    [Theory]
    [InlineData("cup blue", "cup")]
    [InlineData("bottle upside down", "bottle")]
    [InlineData("paper crumpled", "paper")]
    [InlineData("glass half full", "glass")]
    [InlineData("bottle standing", "bottle")]
    [InlineData("pen red colour", "pen")]
    [InlineData("pen (red)", "pen")]
    [InlineData("bottle 500ml", "bottle")]
    [InlineData("coins 3", "coins")]
    [InlineData("a toy car, small and yellow", "car")]
    public void Adjectives_and_numbers_behind_the_noun_are_passed_over(string placeholder, string noun) =>
        Assert.Equal(noun, Targets.Simplify(placeholder));

    [Theory]
    [InlineData("in front of the red box", "box")]
    [InlineData("on top of a table", "table")]
    [InlineData("from the drawer", "drawer")]
    [InlineData("behind a sofa", "sofa")]
    [InlineData("next to my chair", "chair")]
    public void A_place_is_the_thing_it_is_at(string placeholder, string noun) =>
        Assert.Equal(noun, Targets.Simplify(placeholder, "somewhere"));

    [Theory]
    [InlineData("something", "something")]
    [InlineData("a plastic", "plastic")]
    [InlineData("piece of plastic", "plastic")]
    [InlineData("the black one", "black")]
    [InlineData("a mobile", "mobile")]
    [InlineData("some of", "some")]
    [InlineData("another one", "one")]
    [InlineData("the", "the")]
    [InlineData("piece of", "piece")]
    [InlineData("", "")]
    [InlineData("...", "")]
    public void Without_a_noun_the_best_word_is_kept(string placeholder, string noun) =>
        Assert.Equal(noun, Targets.Simplify(placeholder));

    [Theory]
    [InlineData("4", "4")]
    [InlineData("three", "three")]
    [InlineData("two pieces of", "two")]
    [InlineData("a few", "few")]
    [InlineData("one of", "one")]
    [InlineData("a stack of", "stack")]
    public void In_the_number_bracket_the_number_is_kept(string placeholder, string word) =>
        Assert.Equal(word, Targets.Simplify(placeholder, "number of"));

    [Theory]
    [InlineData(ObjectNoun.LastNoun, "two glasses of water", "water")]
    [InlineData(ObjectNoun.LastNoun, "pen on paper", "paper")]
    [InlineData(ObjectNoun.LastNoun, "a cup that is red", "cup")]
    [InlineData(ObjectNoun.LastWord, "a cup that is red", "red")]
    public void Other_rules_can_be_asked_for(ObjectNoun rule, string placeholder, string noun) =>
        Assert.Equal(
            noun,
            new CaptionTargets(Taxonomy.SomethingSomething, new CaptionOptions { ObjectNoun = rule }).Simplify(
                placeholder
            )
        );
}
