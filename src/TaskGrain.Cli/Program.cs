using TaskGrain.Cli;

return await CommandRunner.RunAsync(CommandTree.Create(), args);
