namespace TaskGrain.Models;

/// <summary>How the predictions of a clip's time steps become one.</summary>
public enum ClassifierPooling
{
    /// <summary>The mean feature vector is classified: the paper's text (Section 4.2).</summary>
    MeanFeatures,

    /// <summary>Every step is classified and the log-softmax averaged over time: the authors' code.</summary>
    MeanLogProbabilities,
}
