using SkiaSharp;
using TaskGrain.Evaluation;

namespace TaskGrain.Tests.Evaluation;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void Rows_are_the_truth_and_columns_the_predictions()
    {
        ConfusionMatrix matrix = ConfusionMatrix.Count(
            ["a", "b", "c"],
            predictions: [0, 1, 1, 1],
            targets: [0, 0, 0, 1]
        );

        Assert.Equal(2, matrix[0, 1]);
        Assert.Equal(0, matrix[1, 0]);
        Assert.Equal(3, matrix.SamplesOf(0));
        Assert.Equal(0, matrix.SamplesOf(2));
        Assert.Equal(4, matrix.Samples);
        Assert.Equal(2, matrix.Correct);
        Assert.Equal([(0, 1, 2)], matrix.CommonestMistakes(10));
    }

    [Fact]
    public void The_csv_names_every_class_and_quotes_where_it_must()
    {
        var matrix = new ConfusionMatrix(["Putting [something], then \"it\"", "plain"]);
        matrix.Add(0, 1);

        Assert.Equal(
            "true \\ predicted,\"Putting [something], then \"\"it\"\"\",plain\n\"Putting [something], then "
                + "\"\"it\"\"\",0,1\nplain,0,0\n",
            matrix.ToCsv()
        );
    }

    [Fact]
    public void Numbers_that_are_no_class_are_refused()
    {
        var matrix = new ConfusionMatrix(["a"]);

        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(-1, 0));
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Count(["a"], [0], [1]));
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Count(["a"], [0, 0], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix([]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(174)]
    public void The_picture_colours_the_diagonal_of_a_perfect_classifier(int classes)
    {
        string[] names = Enumerable
            .Range(0, classes)
            .Select(i => $"Putting [something] number {i} somewhere")
            .ToArray();
        int[] all = Enumerable.Range(0, classes).ToArray();
        byte[] png = new ConfusionMatrixPlot(
            ConfusionMatrix.Count(names, all, all),
            all.Select(c => c / 3).ToArray()
        ).ToPng();

        using SKBitmap picture = SKBitmap.Decode(png);
        Assert.InRange(picture.Width, 200, 3600);
        Assert.InRange(picture.Height, 200, 3600);
        int dark = picture.Pixels.Count(p => p == new SKColor(0x08, 0x30, 0x6b));
        Assert.True(dark >= classes * 100, $"{dark} pixels have the colour of 100%");
    }

    [Fact]
    public void A_class_without_samples_is_drawn_and_an_empty_matrix_too() =>
        Assert.NotEmpty(new ConfusionMatrixPlot(new ConfusionMatrix(["a", "b"])).ToPng());

    [Fact]
    public void Groups_must_be_one_a_class() =>
        Assert.Throws<ArgumentException>(() => new ConfusionMatrixPlot(new ConfusionMatrix(["a", "b"]), [0]));
}
