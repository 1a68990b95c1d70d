using TaskGrain.Labels;
using TaskGrain.Models;

namespace TaskGrain.Training;

/// <summary>The model that a run begins with.</summary>
internal static class NewModel
{
    /// <summary>The model of a configuration; a head that no loss reaches at any time is left out.</summary>
    /// <param name="configuration">The run's configuration.</param>
    /// <param name="data">What it learns from.</param>
    public static ModelDescription Describe(RunConfiguration configuration, TrainingData data)
    {
        LossSchedule lambda = configuration.Lambda();
        Vocabulary? vocabulary = lambda.UsesCaptions ? data.Vocabulary : null;
        return new ModelDescription
        {
            Encoder = configuration.Model.Encoder(configuration.Clip.CropSize),
            Preprocessing = configuration.Preprocessing(data.Frames.Format),
            Granularity = configuration.Granularity,
            Taxonomy = data.Taxonomy,
            Classifier = lambda.UsesClasses ? configuration.Model.Pooling : null,
            Decoder = vocabulary is null ? null : configuration.Model.Decoder(vocabulary.Count),
            Vocabulary = vocabulary,
            Captions = configuration.Captions,
            CaptionLength = configuration.Model.CaptionLength,
        };
    }
}
