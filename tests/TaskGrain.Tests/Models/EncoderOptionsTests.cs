using TaskGrain.Models;

namespace TaskGrain.Tests.Models;

public sealed class EncoderOptionsTests
{
    [Theory]
    [InlineData("M(256-256)", 256, 256)]
    [InlineData(" m( 8 - 0 ) ", 8, 0)]
    public void An_architecture_is_written_as_in_the_paper(string text, int features3D, int features2D)
    {
        EncoderArchitecture architecture = EncoderArchitecture.Parse(text);

        Assert.Equal(new EncoderArchitecture(features3D, features2D), architecture);
        Assert.Equal(architecture, EncoderArchitecture.Parse(architecture.ToString()));
    }

    [Theory]
    [InlineData("M(0-0)", "at least one channel")]
    [InlineData("M(12-0)", "multiple of 8")]
    [InlineData("256-256", "M(3D features-2D features)")]
    [InlineData("M(99999999999-8)", "M(3D features-2D features)")]
    public void Another_text_is_refused_with_the_reason(string text, string reason)
    {
        var fault = Assert.Throws<TaskGrainException>(() => EncoderArchitecture.Parse(text));

        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var options = new EncoderOptions
        {
            Architecture = new EncoderArchitecture(3, 8),
            LstmHidden = 0,
            LstmLayers = -1,
            Dropout = 1,
            CropSize = 64,
        };

        var fault = Assert.Throws<TaskGrainException>(options.Validate);

        foreach (
            string word in new[] { "M(3-8)", "LstmHidden", "LstmLayers", "Dropout", "CropSize 64", "96 to 143 pixels" }
        )
        {
            Assert.Contains(word, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_papers_sizes_are_the_defaults()
    {
        var options = new EncoderOptions { Architecture = EncoderArchitecture.Parse("M(256-256)") };
        options.Validate();

        Assert.Equal(34.8, EncoderWork.Forward(options, 48) / 1e9, 1);
    }

    [Fact]
    public void A_decoder_names_all_its_faults_too()
    {
        var fault = Assert.Throws<TaskGrainException>(
            new CaptionDecoderOptions
            {
                Words = 1,
                Hidden = 0,
                End = 7,
            }.Validate
        );

        foreach (string word in new[] { "Words", "Hidden", "End is token 7" })
        {
            Assert.Contains(word, fault.Message, StringComparison.Ordinal);
        }
    }
}
