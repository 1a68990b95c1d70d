using TaskGrain.Evaluation;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Tests.Evaluation;

public sealed class MarkdownTableTests
{
    [Fact]
    public void Words_stand_left_numbers_right_and_a_bar_stays_in_its_cell()
    {
        var table = new MarkdownTable("a | b", Number("share>"));
        table.Add("x", "5.0");

        Assert.Equal(
            """
            | a \| b | share> |
            | ------ | -----: |
            | x      |    5.0 |

            """,
            table.ToString()
        );
    }

    [Fact]
    public void A_row_of_another_width_is_refused() =>
        Assert.Throws<ArgumentException>(() => new MarkdownTable("a", "b").Add("x"));

    [Theory]
    [InlineData(0.5162, "51.6", "51.62", "+51.6")]
    [InlineData(-0.006, "-0.6", "-0.60", "−0.6")]
    [InlineData(0, "0.0", "0.00", "0.0")]
    [InlineData(double.NaN, "", "", "")]
    public void Shares_are_rounded_in_one_place(double share, string one, string two, string signed) =>
        Assert.Equal((one, two, signed), (Percent.Of(share), Percent.Fine(share), Percent.Signed(share)));
}
