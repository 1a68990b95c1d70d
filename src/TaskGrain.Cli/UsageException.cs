namespace TaskGrain.Cli;

/// <summary>The command line asks for something that cannot be meant; ends the program with exit code 2.</summary>
/// <param name="message">Which word is wrong and what would be right.</param>
internal sealed class UsageException(string message) : Exception(message);
