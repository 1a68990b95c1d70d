using TaskGrain.Evaluation;
using TaskGrain.Labels;
using TaskGrain.Tests.Labels;

namespace TaskGrain.Tests.Evaluation;

public sealed class MostFrequentOfGroupTests
{
    [Fact]
    public void The_most_frequent_training_category_stands_for_its_group()
    {
        Annotation[] clips =
        [
            Some.Clip("1", "Holding [something]", "cup"),
            Some.Clip("2", "Holding [something] over [something]", "cup", "box"),
            Some.Clip("3", "Holding [something] over [something]", "cup", "box"),
            .. Enumerable
                .Range(10, 5)
                .Select(i => Some.Clip($"{i}", "Holding [something]", "cup") with { Split = Split.Test }),
        ];
        MostFrequentOfGroup baseline = MostFrequentOfGroup.Fit(new DataSet("some", Taxonomy.SomethingSomething, clips));
        int holding = Taxonomy.SomethingSomething.GroupOf(16);
        Assert.Equal(20, baseline.Category(holding));
    }

    [Fact]
    public void The_official_training_split_has_168913_clips_and_these_favourites()
    {
        IReadOnlyList<int> counts = Taxonomy.SomethingSomethingTrainingCounts;
        Assert.Equal(168_913, counts.Sum());
        Assert.Equal((91, 3284), (counts.Min(), counts.Max()));
        var baseline = new MostFrequentOfGroup(Taxonomy.SomethingSomething, counts);
        for (int group = 0; group < 50; group++)
        {
            Assert.Equal(group, Taxonomy.SomethingSomething.GroupOf(baseline.Category(group)));
            Assert.Equal(
                Taxonomy.SomethingSomething.CategoriesOf(group).Max(c => counts[c]),
                counts[baseline.Category(group)]
            );
        }
    }

    [Fact]
    public void Counts_of_another_taxonomy_are_refused() =>
        Assert.Throws<ArgumentException>(() => new MostFrequentOfGroup(Taxonomy.Kitchenware, [1, 2]));
}
