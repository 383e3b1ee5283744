print("boresight")
